/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetTableWriter;
import io.otap.core.parquet.WriteCompression;
import io.otap.core.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** Trees of shapes that tempt a reader to hold much in memory, with the engine's ids. */
enum HostileShape {
  /**
   * Requests of 1,000 logs with five attributes each, in files of 64: the shape to compare with,
   * and so much of it that a heap is filled with garbage once, as it is in any longer job.
   */
  PLAIN(1_000, 5, 1 << 20, 1 << 20, 64, false, 2_560),
  /** Such requests in a root file of twenty row groups. */
  ROW_GROUPS(1_000, 5, 20, 1 << 20, Integer.MAX_VALUE, false, 256),
  /** Requests of 65,535 logs whose attributes lie in any order. */
  SHUFFLED(65_535, 5, 1 << 20, 1 << 20, Integer.MAX_VALUE, true, 4),
  /** One metric with all points of a request. */
  MANY_POINTS(1, 1, 1 << 20, 1 << 20, Integer.MAX_VALUE, false, 1),
  /** Every log has an attribute of a megabyte. */
  LARGE_VALUES(10, 5, 1 << 20, 1 << 20, Integer.MAX_VALUE, false, 20),
  /** Every value differs, so that dictionaries are given up in the middle of a chunk. */
  FULL_DICTIONARIES(1_000, 5, 1 << 20, 100_000, Integer.MAX_VALUE, false, 256),
  /** Every request has files of its own, 10,002 in all. */
  SMALL_FILES(100, 5, 1 << 20, 1 << 20, 1, false, 3_334),
  /** The same with a row in each file. */
  ONE_ROW(1, 1, 1 << 20, 1 << 20, 1, false, 3_334);

  /** Size of a large value, and points of a metric, of the tree that is measured. */
  static final int SIZE = 1_000_000;

  private final int records;
  private final int attributes;
  private final int rowGroups;
  private final int dictionaryBytes;
  private final int requestsPerFile;
  private final boolean shuffled;

  /** Requests of the tree that is measured. */
  final int requests;

  HostileShape(
      int records,
      int attributes,
      int rowGroups,
      int dictionaryBytes,
      int requestsPerFile,
      boolean shuffled,
      int requests) {
    this.records = records;
    this.attributes = attributes;
    this.rowGroups = rowGroups;
    this.dictionaryBytes = dictionaryBytes;
    this.requestsPerFile = requestsPerFile;
    this.shuffled = shuffled;
    this.requests = requests;
  }

  /** A request; {@code size} is that of a large value and the number of a metric's points. */
  MessageLite request(int number, int size) {
    if (this == MANY_POINTS) {
      return metric(size);
    }
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < records; i++) {
      LogRecord.Builder log = LogRecord.newBuilder().setTimeUnixNano(1L + number * records + i);
      for (int a = 0; a < attributes; a++) {
        boolean unique = this == FULL_DICTIONARIES;
        String value = unique ? number + "-" + i + "-" + a + "x".repeat(40) : "value " + i % 100;
        log.addAttributes(attribute("key " + a, value));
      }
      if (this == LARGE_VALUES) {
        log.addAttributes(attribute("large", (char) ('a' + i) + "x".repeat(size)));
      }
      scope.addLogRecords(log);
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource("service " + number % 7))
                .addScopeLogs(scope))
        .build();
  }

  private static MessageLite metric(int points) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (int i = 0; i < points; i++) {
      gauge.addDataPoints(
          NumberDataPoint.newBuilder()
              .setTimeUnixNano(1 + i)
              .setAsInt(i)
              .addAttributes(attribute("i", Integer.toString(i % 1000))));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource("service"))
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(Metric.newBuilder().setName("m").setGauge(gauge))))
        .build();
  }

  private static Resource resource(String name) {
    return Resource.newBuilder().addAttributes(attribute("service.name", name)).build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  /** Writes requests as a tree, one after the other. */
  void write(Path tree, int count, IntFunction<MessageLite> requests) throws IOException {
    int groupRows = Math.max(1, rowGroups > 1000 ? 1 << 20 : records * count / rowGroups);
    WriteOptions options =
        new WriteOptions(
            WriteCompression.UNCOMPRESSED, 0, groupRows, 20_000, 1 << 20, dictionaryBytes, false);
    Map<PayloadType, ParquetTableWriter> open = new EnumMap<>(PayloadType.class);
    Random random = new Random(1);
    int offset = 0;
    for (int i = 0; i < count; i++) {
      int next = offset;
      for (OtapTable table : EngineBatch.of(requests.apply(i)).values()) {
        OtapTable moved = moved(shuffled ? shuffle(table, random) : table, offset);
        next = Math.max(next, offset + table.rows());
        if (!open.containsKey(table.type())) {
          Path folder = tree.resolve(table.type().folder()).resolve("_part_id=hostile");
          Files.createDirectories(folder);
          Path file = folder.resolve("part-%06d.parquet".formatted(i));
          WriteOptions own = table.type().isRoot() ? options : WriteOptions.DEFAULT;
          open.put(
              table.type(),
              new ParquetTableWriter(
                  Files.newOutputStream(file),
                  table.type(),
                  rowGroups > 1000 ? options : own.withCompression(WriteCompression.UNCOMPRESSED),
                  Map.of()));
        }
        open.get(table.type()).write(moved);
      }
      offset = next + 1;
      if ((i + 1) % requestsPerFile == 0) {
        close(open);
      }
    }
    close(open);
  }

  private static void close(Map<PayloadType, ParquetTableWriter> open) throws IOException {
    for (ParquetTableWriter writer : open.values()) {
      try (writer) {
        writer.finish();
      }
    }
    open.clear();
  }

  private static OtapTable moved(OtapTable table, int offset) {
    OtapTable out = table;
    for (Column column : Arrays.asList(table.type().id(), table.type().parentId())) {
      if (column != null && table.vector(column) != null) {
        out = out.with(column, EngineBatch.move(table, column, offset));
      }
    }
    return out;
  }

  private static OtapTable shuffle(OtapTable table, Random random) {
    if (table.type().parent() == null) {
      return table;
    }
    int[] order = new int[table.rows()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return table.gather(order, 0, order.length);
  }
}
