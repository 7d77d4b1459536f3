/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.otap.OtapGrpcSink;
import io.otap.flink.sink.otlp.OtlpGrpcSink;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.sink.parquet.PartitionColumn;
import io.otap.flink.sink.rolling.RollingPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;

/**
 * Where rows go.
 *
 * @param kind {@code parquet}, {@code otlp-file}, {@code otlp}, {@code otlps}, {@code otap} or
 *     {@code otaps}
 * @param place a folder, or HOST:PORT
 */
record SinkTarget(String kind, String place) {

  private static final String KNOWN =
      "parquet:DIR, otlp-file:DIR, otlp://HOST:PORT, otlps://HOST:PORT, otap://HOST:PORT or"
          + " otaps://HOST:PORT";

  private static final Map<String, PartitionColumn> COLUMNS =
      Map.of("date", PartitionColumn.eventDate(), "hour", PartitionColumn.eventHour());

  /**
   * @throws OtapException of kind CONFIG if there is no such target
   */
  static SinkTarget of(Configuration options) throws OtapException {
    String to = options.get(OtapConnectorOptions.SINK_TO);
    if (to == null) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "the table says nowhere to write to, its path is only read; give it sink.to, or write"
              + " INSERT INTO … /*+ OPTIONS('sink.to' = '…') */; what fits is "
              + KNOWN);
    }
    int colon = to.indexOf(':');
    String kind = colon < 0 ? to : to.substring(0, colon);
    String place = colon < 0 ? "" : to.substring(colon + 1);
    switch (kind) {
      case "parquet", "otlp-file":
        break;
      case "otlp", "otlps", "otap", "otaps":
        place = place.startsWith("//") ? place.substring(2) : "";
        break;
      default:
        place = "";
    }
    if (place.isEmpty()) {
      throw OtapException.of(
          OtapErrorKind.CONFIG, "option sink.to cannot be '" + to + "'; what fits is " + KNOWN);
    }
    return new SinkTarget(kind, place);
  }

  /**
   * @param bounded whether all rows are there when the job ends
   * @throws OtapException of kind CONFIG if an option does not fit the target
   */
  Sink<OtapBatch> sink(Configuration options, boolean bounded) throws IOException {
    return switch (kind) {
      case "parquet" -> {
        refuse(options, OtapConnectorOptions.SINK_OVERWRITE, "otlp-file");
        refuseGrpc(options);
        yield OtapParquetSink.to(new Path(place))
            .setRollingPolicy(bounded ? RollingPolicy.EVERY_CHECKPOINT : policy(options))
            .setPartitionColumns(columns(options))
            .build();
      }
      case "otlp-file" -> {
        refuse(options, OtapConnectorOptions.SINK_PARTITION_BY, "parquet");
        refuseGrpc(options);
        Path folder = new Path(place);
        boolean overwrite = options.get(OtapConnectorOptions.SINK_OVERWRITE);
        yield bounded
            ? OtlpFileSink.to(folder).setOverwrite(overwrite).build()
            : OtlpFileSink.to(folder).rolling(policy(options)).build();
      }
      case "otlp", "otlps" -> OtlpGrpcSink.forBatches(place).setOptions(grpc(options)).build();
      default -> OtapGrpcSink.forBatches(place).setOptions(grpc(options)).build();
    };
  }

  private static RollingPolicy policy(Configuration options) {
    return new RollingPolicy(
        options.get(OtapConnectorOptions.SINK_ROLLING_FILE_SIZE).getBytes(),
        options.get(OtapConnectorOptions.SINK_ROLLING_ROLLOVER_INTERVAL),
        options.get(OtapConnectorOptions.SINK_ROLLING_INACTIVITY_INTERVAL));
  }

  private static PartitionColumn[] columns(Configuration options) throws OtapException {
    List<String> names = options.get(OtapConnectorOptions.SINK_PARTITION_BY);
    for (String name : names) {
      if (!COLUMNS.containsKey(name)) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "option sink.partition-by cannot be '" + name + "'; what fits is date or hour");
      }
    }
    return names.stream().map(COLUMNS::get).toArray(PartitionColumn[]::new);
  }

  /** The options of the sink over gRPC: what only SQL has is left out. */
  private Configuration grpc(Configuration options) throws OtapException {
    refuse(options, OtapConnectorOptions.SINK_OVERWRITE, "otlp-file");
    refuse(options, OtapConnectorOptions.SINK_PARTITION_BY, "parquet");
    if (options.contains(GrpcSinkOptions.ENDPOINT)) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "option sink.endpoint does not go with SQL: sink.to names the receiver, " + place);
    }
    Configuration own = new Configuration();
    options.toMap().forEach(own::setString);
    OtapConnectorOptions.OWN.forEach(own::removeConfig);
    OtapConnectorOptions.FLINK.forEach(own::removeConfig);
    own.set(GrpcSinkOptions.ENDPOINT, place);
    if (kind.endsWith("s")) {
      own.set(GrpcSinkOptions.TLS_ENABLED, true);
    }
    return own;
  }

  private void refuse(Configuration options, ConfigOption<?> option, String target)
      throws OtapException {
    if (options.contains(option)) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "option " + option.key() + " goes with " + target + ", not with " + kind);
    }
  }

  private void refuseGrpc(Configuration options) throws OtapException {
    for (ConfigOption<?> option : OtapConnectorOptions.all()) {
      if (option.key().startsWith(GrpcSinkOptions.PREFIX)
          && !OtapConnectorOptions.OWN.contains(option)
          && !OtapConnectorOptions.FLINK.contains(option)) {
        refuse(options, option, "otlp:// and otap://");
      }
    }
  }
}
