/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.batch.EventCursor;
import io.otap.core.batch.LinkCursor;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.SpanCursor;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cursor shows what was in the request. */
class SpanCursorTest {

  @Test
  void showsRandomRequestsAsTheyAre() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      check(new RandomRequests(seed).traces());
    }
  }

  /** Equal resources and scopes come together, so that the order of the spans is another. */
  @Test
  void showsRegroupedRequestsAsTheyAre() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      for (OtapBatch batch : OtlpDecoder.decode(new RandomRequests(seed).traces())) {
        check(OtlpRequests.traces(batch));
      }
    }
  }

  @Test
  void refusesOtherSignals() {
    OtapBatch metrics = new OtapBatch(Signal.METRICS, List.of(), Origin.NONE, null, null);
    assertThatThrownBy(() -> SpanCursor.of(metrics))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metrics");
  }

  private static void check(ExportTraceServiceRequest request) throws IOException {
    for (OtapBatch batch : OtlpDecoder.decode(request)) {
      check(SpanCursor.of(batch), request);
    }
  }

  private static void check(SpanCursor cursor, ExportTraceServiceRequest request) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          assertThat(cursor.next()).isTrue();
          check(cursor, span);
          CursorChecks.resource(cursor, resource.getResource(), resource.getSchemaUrl());
          CursorChecks.scope(cursor, scope.getScope(), scope.getSchemaUrl());
        }
      }
    }
    assertThat(cursor.next()).isFalse();
  }

  private static void check(SpanCursor cursor, Span span) {
    assertThat(cursor.traceId()).isEqualTo(span.getTraceId().toByteArray());
    assertThat(cursor.hasTraceId()).isEqualTo(CursorChecks.hasId(span.getTraceId()));
    assertThat(cursor.spanId()).isEqualTo(span.getSpanId().toByteArray());
    assertThat(cursor.hasSpanId()).isEqualTo(CursorChecks.hasId(span.getSpanId()));
    assertThat(cursor.parentSpanId()).isEqualTo(span.getParentSpanId().toByteArray());
    assertThat(cursor.hasParentSpanId()).isEqualTo(CursorChecks.hasId(span.getParentSpanId()));
    assertThat(cursor.traceState()).isEqualTo(span.getTraceState());
    assertThat(cursor.name()).isEqualTo(span.getName());
    assertThat(cursor.kind()).isEqualTo(span.getKindValue());
    assertThat(cursor.startTimeUnixNano()).isEqualTo(span.getStartTimeUnixNano());
    assertThat(cursor.endTimeUnixNano()).isEqualTo(span.getEndTimeUnixNano());
    assertThat(cursor.durationNano())
        .isEqualTo(span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    assertThat(cursor.statusCode()).isEqualTo(span.getStatus().getCodeValue());
    assertThat(cursor.statusMessage()).isEqualTo(span.getStatus().getMessage());
    assertThat(cursor.flags()).isEqualTo(span.getFlags());
    assertThat(cursor.droppedAttributesCount())
        .isEqualTo(Integer.toUnsignedLong(span.getDroppedAttributesCount()));
    assertThat(cursor.droppedEventsCount())
        .isEqualTo(Integer.toUnsignedLong(span.getDroppedEventsCount()));
    assertThat(cursor.droppedLinksCount())
        .isEqualTo(Integer.toUnsignedLong(span.getDroppedLinksCount()));
    CursorChecks.attributes(cursor.attributes(), span.getAttributesList());
    events(cursor.events(), span.getEventsList());
    links(cursor.links(), span.getLinksList());
  }

  private static void events(EventCursor cursor, List<Span.Event> events) {
    assertThat(cursor.count()).isEqualTo(events.size());
    for (Span.Event event : events) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.timeUnixNano()).isEqualTo(event.getTimeUnixNano());
      assertThat(cursor.name()).isEqualTo(event.getName());
      assertThat(cursor.droppedAttributesCount())
          .isEqualTo(Integer.toUnsignedLong(event.getDroppedAttributesCount()));
      CursorChecks.attributes(cursor.attributes(), event.getAttributesList());
    }
    assertThat(cursor.next()).isFalse();
  }

  private static void links(LinkCursor cursor, List<Span.Link> links) {
    assertThat(cursor.count()).isEqualTo(links.size());
    for (Span.Link link : links) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.traceId()).isEqualTo(link.getTraceId().toByteArray());
      assertThat(cursor.hasTraceId()).isEqualTo(CursorChecks.hasId(link.getTraceId()));
      assertThat(cursor.spanId()).isEqualTo(link.getSpanId().toByteArray());
      assertThat(cursor.hasSpanId()).isEqualTo(CursorChecks.hasId(link.getSpanId()));
      assertThat(cursor.traceState()).isEqualTo(link.getTraceState());
      assertThat(cursor.flags()).isEqualTo(link.getFlags());
      assertThat(cursor.droppedAttributesCount())
          .isEqualTo(Integer.toUnsignedLong(link.getDroppedAttributesCount()));
      CursorChecks.attributes(cursor.attributes(), link.getAttributesList());
    }
    assertThat(cursor.next()).isFalse();
  }
}
