/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static io.otap.core.otlp.OtlpMutations.pick;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpMutations.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Damages to logs. */
final class LogMutations {

  private LogMutations() {}

  static List<Mutation<ExportLogsServiceRequest.Builder>> all() {
    return List.of(
        mutation("log-attribute-moved", LogMutations::moveAttribute),
        onRecord(
            "log-attribute-lost", LogMutations::hasAttributes, (r, x) -> r.removeAttributes(0)),
        onRecord(
            "log-attribute-doubled",
            LogMutations::hasAttributes,
            (r, x) -> r.addAttributes(r.getAttributes(0))),
        onRecord(
            "log-attribute-value",
            LogMutations::hasAttributes,
            (r, x) -> r.getAttributesBuilder(0).setValue(changed(r.getAttributes(0).getValue()))),
        onRecord(
            "log-attribute-type",
            r -> intAttribute(r) >= 0,
            (r, x) -> {
              AnyValue.Builder value = r.getAttributesBuilder(intAttribute(r)).getValueBuilder();
              value.setStringValue(Long.toString(value.getIntValue()));
            }),
        onRecord(
            "log-attribute-key",
            LogMutations::hasAttributes,
            (r, x) -> r.getAttributesBuilder(0).setKey(r.getAttributes(0).getKey() + " ")),
        onRecord(
            "log-map-value",
            r -> mapAttribute(r) >= 0,
            (r, x) -> {
              KeyValue.Builder entry =
                  r.getAttributesBuilder(mapAttribute(r))
                      .getValueBuilder()
                      .getKvlistValueBuilder()
                      .getValuesBuilder(0);
              entry.setValue(changed(entry.getValue()));
            }),
        mutation("log-resource-swapped", LogMutations::swapResources),
        onResource(
            "log-resource-attribute-lost",
            r -> r.getResource().getAttributesCount() > 0,
            r -> r.getResourceBuilder().removeAttributes(0)),
        onResource(
            "log-resource-dropped-count",
            r -> true,
            r ->
                r.getResourceBuilder()
                    .setDroppedAttributesCount(r.getResource().getDroppedAttributesCount() + 1)),
        onResource(
            "log-resource-schema-url", r -> true, r -> r.setSchemaUrl(r.getSchemaUrl() + "/")),
        onScope(
            "log-scope-version",
            s -> s.getScopeBuilder().setVersion(s.getScope().getVersion() + ".0")),
        onScope("log-scope-name", s -> s.getScopeBuilder().setName(s.getScope().getName() + "x")),
        onScope("log-scope-schema-url", s -> s.setSchemaUrl(s.getSchemaUrl() + "/")),
        onRecord(
            "log-trace-id-shifted",
            r -> OtlpMutations.canShift(r.getTraceId()),
            (r, x) -> r.setTraceId(OtlpMutations.shifted(r.getTraceId()))),
        onScope("log-record-doubled", s -> s.addLogRecords(s.getLogRecords(0))),
        onScope("log-record-lost", s -> s.removeLogRecords(s.getLogRecordsCount() - 1)),
        onRecord(
            "log-dropped-count",
            r -> true,
            (r, x) -> r.setDroppedAttributesCount(r.getDroppedAttributesCount() + 1)),
        onRecord(
            "log-severity",
            r -> true,
            (r, x) -> r.setSeverityNumberValue(r.getSeverityNumberValue() % 24 + 1)),
        onRecord("log-time", r -> true, (r, x) -> r.setTimeUnixNano(r.getTimeUnixNano() + 1)),
        onRecord(
            "log-body", LogRecord.Builder::hasBody, (r, x) -> r.setBody(changed(r.getBody()))));
  }

  private static Mutation<ExportLogsServiceRequest.Builder> mutation(
      String name, BiConsumer<List<ExportLogsServiceRequest.Builder>, Random> apply) {
    return new Mutation<>(name, Signal.LOGS, apply);
  }

  private static Mutation<ExportLogsServiceRequest.Builder> onRecord(
      String name,
      Predicate<LogRecord.Builder> condition,
      BiConsumer<LogRecord.Builder, Random> change) {
    return mutation(
        name,
        (requests, random) -> change.accept(pick(records(requests), random, condition), random));
  }

  private static Mutation<ExportLogsServiceRequest.Builder> onResource(
      String name,
      Predicate<ResourceLogs.Builder> condition,
      Consumer<ResourceLogs.Builder> change) {
    return mutation(
        name,
        (requests, random) ->
            change.accept(
                pick(resources(requests), random, r -> hasRecords(r) && condition.test(r))));
  }

  private static Mutation<ExportLogsServiceRequest.Builder> onScope(
      String name, Consumer<ScopeLogs.Builder> change) {
    return mutation(
        name,
        (requests, random) ->
            change.accept(pick(scopes(requests), random, s -> s.getLogRecordsCount() > 0)));
  }

  private static List<ResourceLogs.Builder> resources(
      List<ExportLogsServiceRequest.Builder> requests) {
    return requests.stream().flatMap(r -> r.getResourceLogsBuilderList().stream()).toList();
  }

  private static List<ScopeLogs.Builder> scopes(List<ExportLogsServiceRequest.Builder> requests) {
    return resources(requests).stream().flatMap(r -> r.getScopeLogsBuilderList().stream()).toList();
  }

  private static List<LogRecord.Builder> records(List<ExportLogsServiceRequest.Builder> requests) {
    return scopes(requests).stream().flatMap(s -> s.getLogRecordsBuilderList().stream()).toList();
  }

  /** An attribute goes from a record to the next one in its scope. */
  private static void moveAttribute(
      List<ExportLogsServiceRequest.Builder> requests, Random random) {
    List<LogRecord.Builder[]> neighbours = new ArrayList<>();
    for (ScopeLogs.Builder scope : scopes(requests)) {
      for (int i = 1; i < scope.getLogRecordsCount(); i++) {
        neighbours.add(
            new LogRecord.Builder[] {
              scope.getLogRecordsBuilder(i - 1), scope.getLogRecordsBuilder(i)
            });
      }
    }
    LogRecord.Builder[] pair =
        pick(
            neighbours,
            random,
            p ->
                p[0].getAttributesCount() > 0
                    && !p[0].clone()
                        .clearAttributes()
                        .build()
                        .equals(p[1].clone().clearAttributes().build()));
    pair[1].addAttributes(pair[0].getAttributes(0));
    pair[0].removeAttributes(0);
  }

  private static void swapResources(
      List<ExportLogsServiceRequest.Builder> requests, Random random) {
    List<ResourceLogs.Builder> resources = resources(requests);
    ResourceLogs.Builder first =
        pick(resources, random, r -> hasRecords(r) && r.getResource().getAttributesCount() > 0);
    ResourceLogs.Builder second =
        pick(
            resources,
            random,
            r ->
                hasRecords(r)
                    && !r.getResource().equals(first.getResource())
                    && !r.getScopeLogsList().equals(first.getScopeLogsList()));
    Resource resource = first.getResource();
    first.setResource(second.getResource());
    second.setResource(resource);
  }

  private static boolean hasRecords(ResourceLogs.Builder resource) {
    return resource.getScopeLogsList().stream().anyMatch(s -> s.getLogRecordsCount() > 0);
  }

  private static boolean hasAttributes(LogRecord.Builder record) {
    return record.getAttributesCount() > 0;
  }

  private static int intAttribute(LogRecord.Builder record) {
    for (int i = 0; i < record.getAttributesCount(); i++) {
      if (record.getAttributes(i).getValue().hasIntValue()) {
        return i;
      }
    }
    return -1;
  }

  private static int mapAttribute(LogRecord.Builder record) {
    for (int i = 0; i < record.getAttributesCount(); i++) {
      if (record.getAttributes(i).getValue().getKvlistValue().getValuesCount() > 0) {
        return i;
      }
    }
    return -1;
  }

  /** A value of the same type that is another one; a string if the type has no other. */
  static AnyValue changed(AnyValue value) {
    AnyValue.Builder out = value.toBuilder();
    switch (value.getValueCase()) {
      case STRING_VALUE -> out.setStringValue(value.getStringValue() + " ");
      case INT_VALUE -> out.setIntValue(value.getIntValue() ^ 1);
      case BOOL_VALUE -> out.setBoolValue(!value.getBoolValue());
      case DOUBLE_VALUE ->
          out.setDoubleValue(
              Math.nextUp(1.0 / 3) == value.getDoubleValue() ? 2 : Math.nextUp(1.0 / 3));
      case BYTES_VALUE ->
          out.setBytesValue(value.getBytesValue().concat(ByteString.copyFrom(new byte[1])));
      case ARRAY_VALUE -> out.getArrayValueBuilder().addValues(AnyValue.getDefaultInstance());
      case KVLIST_VALUE -> out.getKvlistValueBuilder().addValues(KeyValue.getDefaultInstance());
      default -> out.setStringValue("");
    }
    return out.build();
  }
}
