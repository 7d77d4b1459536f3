/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.parquet.WriteCompression;
import io.otap.core.parquet.WriteOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * A tree of logs, an hour in a row group: {@value #RECORDS} records an hour with two attributes
 * each, from one of three services by turns. Each hour has errors and warnings, one an info as
 * well.
 */
public final class HourlyLogs {

  public static final int HOURS = 24;
  public static final int RECORDS = 3000;
  public static final long HOUR = 3_600_000_000_000L;

  /** The hour with one {@code INFO}, which lies between {@code ERROR} and {@code WARN}. */
  public static final int INFO_HOUR = 5;

  /** When the first hour begins, in nanoseconds since 1970. */
  public static final long START = 1_790_000_000_000_000_000L;

  private HourlyLogs() {}

  public static String service(int hour) {
    return "service-" + hour % 3;
  }

  private static String severity(int hour, int record) {
    return hour == INFO_HOUR && record == 7 ? "INFO" : record % 2 == 0 ? "ERROR" : "WARN";
  }

  public static void write(Path tree) throws IOException {
    WriteOptions files =
        new WriteOptions(WriteCompression.UNCOMPRESSED, 0, RECORDS, 1000, 1 << 20, 1 << 20, false);
    Random random = new Random(7);
    try (OtapParquetWriter writer =
        new OtapParquetWriter(new LocalTarget(tree), new ExportOptions(1 << 30, files))) {
      for (int hour = 0; hour < HOURS; hour++) {
        for (OtapBatch batch : OtlpFiles.decode(request(hour, random))) {
          writer.write(batch);
        }
      }
      writer.roll();
    }
  }

  private static ExportLogsServiceRequest request(int hour, Random random) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < RECORDS; i++) {
      byte[] trace = new byte[16];
      random.nextBytes(trace);
      ByteBuffer.wrap(trace).putInt(hour + 1);
      scope.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(START + hour * HOUR + i * (HOUR / RECORDS))
              .setObservedTimeUnixNano(START + HOURS * HOUR + i)
              .setSeverityNumber(SeverityNumber.forNumber(1 + hour % 24))
              .setSeverityText(severity(hour, i))
              .setTraceId(ByteString.copyFrom(trace))
              .setBody(string("a line of hour " + hour + " with " + random.nextLong()))
              .addAttributes(attribute("hour", "h" + hour))
              .addAttributes(attribute("number", "n" + random.nextLong())));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder().addAttributes(attribute("service.name", service(hour))))
                .addScopeLogs(scope))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(string(value)).build();
  }

  private static AnyValue string(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }
}
