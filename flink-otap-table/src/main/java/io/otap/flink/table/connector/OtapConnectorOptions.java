/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.flink.sink.otap.OtapGrpcSinkOptions;
import io.otap.flink.sink.otlp.OtlpGrpcSinkOptions;
import io.otap.flink.source.OtapSourceOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The options of the connector {@code otap} in SQL. Those of the source ({@link OtapSourceOptions})
 * and of the sinks over gRPC ({@link OtlpGrpcSinkOptions}, {@link OtapGrpcSinkOptions}) have the
 * same names as everywhere.
 */
@PublicEvolving
public final class OtapConnectorOptions {

  public static final ConfigOption<String> PATH =
      ConfigOptions.key("path")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The folder that holds the folders of the tables, of any scheme known to Flink."
                  + " Required for reading.");

  public static final ConfigOption<String> TABLE =
      ConfigOptions.key("table")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What to read or write: logs, spans or metrics. Default: the name of the table."
                  + " System tables, only read: partitions, schemas.");

  public static final ConfigOption<String> SINK_TO =
      ConfigOptions.key("sink.to")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where INSERT INTO writes: parquet:DIR, otlp-file:DIR, otlp://HOST:PORT,"
                  + " otlps://HOST:PORT, otap://HOST:PORT or otaps://HOST:PORT. The path is only"
                  + " read.");

  public static final ConfigOption<Integer> SINK_BATCH_SIZE =
      ConfigOptions.key("sink.batch-size")
          .intType()
          .defaultValue(8192)
          .withDescription("Rows that are put together to a batch, 1 to 65535.");

  public static final ConfigOption<MemorySize> SINK_BATCH_BYTES =
      ConfigOptions.key("sink.batch-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription("Bytes of a batch, about, by which it ends, too.");

  public static final ConfigOption<Duration> SINK_BATCH_DELAY =
      ConfigOptions.key("sink.batch-delay")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "How long a row may wait for others. A checkpoint and the end of input wait for"
                  + " nobody.");

  public static final ConfigOption<List<String>> SINK_PARTITION_BY =
      ConfigOptions.key("sink.partition-by")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "For parquet: folders by date, or by date and hour, of the event time in UTC.");

  public static final ConfigOption<Boolean> SINK_OVERWRITE =
      ConfigOptions.key("sink.overwrite")
          .booleanType()
          .defaultValue(false)
          .withDescription("For otlp-file, bounded: whether results may be replaced.");

  public static final ConfigOption<MemorySize> SINK_ROLLING_FILE_SIZE =
      ConfigOptions.key("sink.rolling-policy.file-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(128))
          .withDescription("For files, continuous: bytes from which on a file is complete.");

  public static final ConfigOption<Duration> SINK_ROLLING_ROLLOVER_INTERVAL =
      ConfigOptions.key("sink.rolling-policy.rollover-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription("For files, continuous: time since its first batch, at a checkpoint.");

  public static final ConfigOption<Duration> SINK_ROLLING_INACTIVITY_INTERVAL =
      ConfigOptions.key("sink.rolling-policy.inactivity-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription("For files, continuous: time since its last batch, at a checkpoint.");

  /** The options that only SQL has. */
  public static final List<ConfigOption<?>> OWN =
      List.of(
          PATH,
          TABLE,
          SINK_TO,
          SINK_BATCH_SIZE,
          SINK_BATCH_BYTES,
          SINK_BATCH_DELAY,
          SINK_PARTITION_BY,
          SINK_OVERWRITE,
          SINK_ROLLING_FILE_SIZE,
          SINK_ROLLING_ROLLOVER_INTERVAL,
          SINK_ROLLING_INACTIVITY_INTERVAL);

  /** Options of Flink for tables and readers. */
  public static final List<ConfigOption<?>> FLINK =
      List.of(
          FactoryUtil.SOURCE_PARALLELISM,
          FactoryUtil.SINK_PARALLELISM,
          FactoryUtil.WATERMARK_EMIT_STRATEGY,
          FactoryUtil.WATERMARK_ALIGNMENT_GROUP,
          FactoryUtil.WATERMARK_ALIGNMENT_MAX_DRIFT,
          FactoryUtil.WATERMARK_ALIGNMENT_UPDATE_INTERVAL,
          FactoryUtil.SOURCE_IDLE_TIMEOUT,
          SourceReaderOptions.ELEMENT_QUEUE_CAPACITY,
          SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT);

  private OtapConnectorOptions() {}

  /** All options that a table may have. */
  public static Set<ConfigOption<?>> all() {
    Set<ConfigOption<?>> all = new LinkedHashSet<>(OWN);
    all.addAll(FLINK);
    all.addAll(OtapSourceOptions.ALL);
    all.addAll(OtlpGrpcSinkOptions.ALL);
    all.addAll(OtapGrpcSinkOptions.ALL);
    return all;
  }
}
