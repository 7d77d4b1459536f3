/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The cursor shows what was in the request. */
class LogCursorTest {

  @Test
  void showsRandomRequestsAsTheyAre() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      ExportLogsServiceRequest request = new RandomRequests(seed).logs();
      for (OtapBatch batch : OtlpDecoder.decode(request)) {
        LogCursor cursor = LogCursor.of(batch);
        for (ResourceLogs resource : request.getResourceLogsList()) {
          for (ScopeLogs scope : resource.getScopeLogsList()) {
            for (LogRecord record : scope.getLogRecordsList()) {
              assertThat(cursor.next()).isTrue();
              check(cursor, record);
              CursorChecks.resource(cursor, resource.getResource(), resource.getSchemaUrl());
              CursorChecks.scope(cursor, scope.getScope(), scope.getSchemaUrl());
            }
          }
        }
        assertThat(cursor.next()).isFalse();
      }
    }
  }

  private static void check(LogCursor cursor, LogRecord record) {
    assertThat(cursor.timeUnixNano()).isEqualTo(record.getTimeUnixNano());
    assertThat(cursor.observedTimeUnixNano()).isEqualTo(record.getObservedTimeUnixNano());
    assertThat(cursor.severityNumber()).isEqualTo(record.getSeverityNumberValue());
    assertThat(cursor.severityText()).isEqualTo(record.getSeverityText());
    assertThat(cursor.traceId()).isEqualTo(record.getTraceId().toByteArray());
    assertThat(cursor.hasTraceId()).isEqualTo(CursorChecks.hasId(record.getTraceId()));
    assertThat(cursor.spanId()).isEqualTo(record.getSpanId().toByteArray());
    assertThat(cursor.hasSpanId()).isEqualTo(CursorChecks.hasId(record.getSpanId()));
    assertThat(cursor.eventName()).isEqualTo(record.getEventName());
    assertThat(cursor.flags()).isEqualTo(record.getFlags());
    assertThat(cursor.droppedAttributesCount())
        .isEqualTo(Integer.toUnsignedLong(record.getDroppedAttributesCount()));
    body(cursor, record);
    CursorChecks.attributes(cursor.attributes(), record.getAttributesList());
    assertThat(cursor.attribute("no such key".getBytes(UTF_8))).isEqualTo(-1);
  }

  private static void body(LogCursor cursor, LogRecord record) {
    AnyValue body = record.getBody();
    switch (cursor.bodyType()) {
      case EMPTY -> assertThat(record.hasBody()).isFalse();
      case STRING -> assertThat(cursor.bodyString()).isEqualTo(body.getStringValue());
      case INT -> assertThat(cursor.bodyInt()).isEqualTo(body.getIntValue());
      case DOUBLE -> assertThat(cursor.bodyDouble()).isEqualTo((Double) body.getDoubleValue());
      case BOOL -> assertThat(cursor.bodyBool()).isEqualTo(body.getBoolValue());
      case BYTES -> assertThat(cursor.bodyBytes()).isEqualTo(body.getBytesValue().toByteArray());
      case MAP, SLICE -> assertThat(cursor.bodySerialized()).isNotEmpty();
    }
  }
}
