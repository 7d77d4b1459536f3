/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.examples.command.Folder;
import io.otap.examples.command.Refusal;
import io.otap.examples.print.PrintDetail;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.otap.OtapGrpcSink;
import io.otap.flink.sink.otlp.OtlpGrpcSink;
import io.otap.flink.sink.parquet.PartitionColumn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;

/** Where the telemetry goes: what {@code --to} names. */
sealed interface Target {

  /** The targets as one can write them. */
  String KNOWN =
      "otlp-file:DIR, parquet:DIR, otlp://HOST:PORT, otlps://HOST:PORT, otap://HOST:PORT,"
          + " otaps://HOST:PORT, print:basic, print:normal, print:detailed, null:";

  /** The folder where it leaves files that can be told by their run, or null. */
  default String folder() {
    return null;
  }

  /** What makes it the same target, by the names of arguments. */
  Map<String, String> identity();

  /**
   * Checks what among the options is for the target.
   *
   * @throws OtapException of kind CONFIG if an option does not fit, or the target takes none
   */
  default void checkOptions(Configuration options) throws OtapException {
    for (String key : options.keySet()) {
      if (key.startsWith(GrpcSinkOptions.PREFIX)) {
        throw Refusal.because(
            "the option " + key + " needs a target that takes it: otlp:// or otap://");
      }
    }
  }

  /**
   * One file of OTLP requests for each signal.
   *
   * @param folder where the files go
   */
  record OtlpFile(String folder) implements Target {

    @Override
    public Map<String, String> identity() {
      return Map.of("--to", "otlp-file:" + folder);
    }
  }

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

    @Override
    public Map<String, String> identity() {
      return Map.of("--to", "parquet:" + folder, "--partition-by", String.join(",", columns));
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

    /** The protocol: {@code otlp} or {@code otap}. */
    String protocol();

    /**
     * @throws OtapException of kind CONFIG if an option does not fit
     */
    Sink<OtapBatch> sink(Configuration options) throws OtapException;

    @Override
    default Map<String, String> identity() {
      return Map.of("--to", protocol() + (tls() ? "s://" : "://") + endpoint());
    }

    @Override
    default void checkOptions(Configuration options) throws OtapException {
      sink(options);
    }

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
  record OtlpGrpc(String endpoint, boolean tls) implements Grpc {

    @Override
    public String protocol() {
      return "otlp";
    }

    @Override
    public Sink<OtapBatch> sink(Configuration options) throws OtapException {
      return OtlpGrpcSink.forBatches(endpoint).setOptions(sinkOptions(options)).build();
    }
  }

  /** An OTAP receiver. */
  record OtapGrpc(String endpoint, boolean tls) implements Grpc {

    @Override
    public String protocol() {
      return "otap";
    }

    @Override
    public Sink<OtapBatch> sink(Configuration options) throws OtapException {
      return OtapGrpcSink.forBatches(endpoint).setOptions(sinkOptions(options)).build();
    }
  }

  /** Text for people on standard output. */
  record Print(PrintDetail detail) implements Target {

    @Override
    public Map<String, String> identity() {
      return Map.of("--to", "print:");
    }
  }

  /** Counts and discards. */
  record Discard() implements Target {

    @Override
    public Map<String, String> identity() {
      return Map.of("--to", "null:");
    }
  }

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
