/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.print.PrintDetail;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.parquet.PartitionColumn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** Where the telemetry goes: what {@code --to} names. */
sealed interface Target {

  /** The targets as one can write them. */
  String KNOWN =
      "otlp-file:DIR, parquet:DIR, otlp://HOST:PORT, otlps://HOST:PORT, otap://HOST:PORT,"
          + " otaps://HOST:PORT, print:basic, print:normal, print:detailed, null:";

  /**
   * One file of OTLP requests for each signal.
   *
   * @param folder where the files go
   */
  record OtlpFile(String folder) implements Target {}

  /**
   * A tree of OTAP Parquet files.
   *
   * @param folder where the tree goes
   * @param columns what it is partitioned by, of {@link #COLUMNS}
   */
  record Parquet(String folder, List<String> columns) implements Target {

    /** The columns that {@code --partition-by} takes. */
    static final Map<String, PartitionColumn> COLUMNS =
        new TreeMap<>(
            Map.of(
                "date", PartitionColumn.eventDate(),
                "hour", PartitionColumn.eventHour()));

    public Parquet {
      columns = List.copyOf(columns);
    }

    PartitionColumn[] partitionColumns() {
      return columns.stream().map(COLUMNS::get).toArray(PartitionColumn[]::new);
    }
  }

  /** A receiver over gRPC. */
  sealed interface Grpc extends Target {

    /** HOST:PORT. */
    String endpoint();

    /** Whether to encrypt. */
    boolean tls();

    /** The options of the sink: those among the given, and what the target says itself. */
    default Configuration sinkOptions(Configuration options) {
      Configuration own = new Configuration(options);
      own.set(GrpcSinkOptions.ENDPOINT, endpoint());
      if (tls()) {
        own.set(GrpcSinkOptions.TLS_ENABLED, true);
      }
      return own;
    }
  }

  /** An OTLP receiver. */
  record OtlpGrpc(String endpoint, boolean tls) implements Grpc {}

  /** An OTAP receiver. */
  record OtapGrpc(String endpoint, boolean tls) implements Grpc {}

  /** Text for people on standard output. */
  record Print(PrintDetail detail) implements Target {}

  /** Counts and discards. */
  record Discard() implements Target {}

  /**
   * @param partitionBy names of partition columns, for a target that has some
   */
  static Target parse(String text, List<String> partitionBy) throws OtapException {
    Target target = parse(text);
    if (partitionBy.isEmpty()) {
      return target;
    }
    if (!(target instanceof Parquet parquet)) {
      throw Refusal.because("--partition-by goes with parquet:DIR, not with " + text);
    }
    for (String column : partitionBy) {
      if (!Parquet.COLUMNS.containsKey(column)) {
        throw Refusal.because(
            "--partition-by does not know "
                + column
                + "; use "
                + String.join(", ", Parquet.COLUMNS.keySet()));
      }
    }
    if (Set.copyOf(partitionBy).size() < partitionBy.size()) {
      throw Refusal.because("--partition-by names a column twice");
    }
    return new Parquet(parquet.folder(), partitionBy);
  }

  private static Target parse(String text) throws OtapException {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    switch (kind) {
      case "otlp-file":
        if (rest.isEmpty()) {
          throw Refusal.because("the target otlp-file: needs a folder, otlp-file:DIR");
        }
        return new OtlpFile(Folder.of(rest));
      case "parquet":
        if (rest.isEmpty()) {
          throw Refusal.because("the target parquet: needs a folder, parquet:DIR");
        }
        return new Parquet(Folder.of(rest), List.of());
      case "otlp", "otlps", "otap", "otaps":
        if (!rest.startsWith("//") || rest.length() == 2) {
          throw Refusal.because("the target " + text + " must be " + kind + "://HOST:PORT");
        }
        return kind.startsWith("otlp")
            ? new OtlpGrpc(rest.substring(2), kind.equals("otlps"))
            : new OtapGrpc(rest.substring(2), kind.equals("otaps"));
      case "print":
        PrintDetail detail = PrintDetail.of(rest);
        if (detail == null) {
          throw Refusal.because(
              "there is no print:" + rest + "; use print:basic, print:normal or print:detailed");
        }
        return new Print(detail);
      case "null":
        if (!rest.isEmpty()) {
          throw Refusal.because("the target null: takes nothing behind the colon");
        }
        return new Discard();
      default:
        throw Refusal.because("there is no target " + text + "; use one of " + KNOWN);
    }
  }
}
