/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static io.otap.core.otlp.OtlpMutations.pick;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpMutations.Mutation;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Damages to traces. */
final class TraceMutations {

  private TraceMutations() {}

  static List<Mutation<ExportTraceServiceRequest.Builder>> all() {
    return List.of(
        new Mutation<>("span-event-moved", Signal.TRACES, TraceMutations::moveEvent),
        onSpan(
            "span-event-attribute-lost",
            s -> s.getEventsList().stream().anyMatch(e -> e.getAttributesCount() > 0),
            s ->
                s.getEventsBuilderList().stream()
                    .filter(e -> e.getAttributesCount() > 0)
                    .findFirst()
                    .ifPresent(e -> e.removeAttributes(0))),
        onSpan(
            "span-link-id-shifted",
            s -> s.getLinksCount() > 0 && OtlpMutations.canShift(s.getLinks(0).getTraceId()),
            s ->
                s.getLinksBuilder(0).setTraceId(OtlpMutations.shifted(s.getLinks(0).getTraceId()))),
        onSpan(
            "span-parent-lost",
            s -> !s.getParentSpanId().isEmpty(),
            Span.Builder::clearParentSpanId),
        onSpan("span-end", s -> true, s -> s.setEndTimeUnixNano(s.getEndTimeUnixNano() + 1)),
        onSpan(
            "span-status",
            s -> true,
            s -> s.getStatusBuilder().setCodeValue((s.getStatus().getCodeValue() + 1) % 3)));
  }

  private static Mutation<ExportTraceServiceRequest.Builder> onSpan(
      String name, Predicate<Span.Builder> condition, Consumer<Span.Builder> change) {
    return new Mutation<>(
        name,
        Signal.TRACES,
        (requests, random) -> change.accept(pick(spans(requests), random, condition)));
  }

  private static List<Span.Builder> spans(List<ExportTraceServiceRequest.Builder> requests) {
    return requests.stream()
        .flatMap(r -> r.getResourceSpansBuilderList().stream())
        .flatMap(r -> r.getScopeSpansBuilderList().stream())
        .flatMap(s -> s.getSpansBuilderList().stream())
        .toList();
  }

  private static void moveEvent(List<ExportTraceServiceRequest.Builder> requests, Random random) {
    List<Span.Builder> spans = spans(requests);
    Span.Builder from = pick(spans, random, s -> s.getEventsCount() > 0);
    Span.Builder to = pick(spans, random, s -> !s.getSpanId().equals(from.getSpanId()));
    to.addEvents(from.getEvents(0));
    from.removeEvents(0);
  }
}
