/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.docs;

import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.otap.OtapGrpcSinkOptions;
import io.otap.flink.sink.otlp.OtlpGrpcSinkOptions;
import io.otap.flink.source.OtapSourceOptions;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.util.TimeUtils;

/** The text of {@code docs/OPTIONS.md}, from the options themselves. */
final class OptionsDocument {

  private static final String HEAD =
      """
      # Options

      Generated from the `ConfigOption`s; a test compares. To write it anew:
      `mvn -pl flink-otap-source -am test -Dtest=OptionsDocumentTest -Dotap.docs=write -Dsurefire.failIfNoSpecifiedTests=false`.

      The names are the same in the API (`setOption`, `setOptions`) and in a `Configuration`. Values of the type *list*
      are separated by `;`. Durations are a number and a unit (`10 s`, `500 ms`, `7 d`), sizes as well (`64 mb`).
      A name that is unknown and a value that does not fit are refused when the job is built; the message says what fits.

      """;

  private static final String READER =
      """

      The options of Flink's base of readers that may be set beside them:

      """;

  private OptionsDocument() {}

  static String text() {
    return HEAD
        + "## Source: `OtapSourceOptions`\n\n"
        + table(OtapSourceOptions.ALL)
        + READER
        + table(
            List.of(
                SourceReaderOptions.ELEMENT_QUEUE_CAPACITY,
                SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT))
        + "\n## Sinks over gRPC: `GrpcSinkOptions`\n\n"
        + table(GrpcSinkOptions.ALL)
        + "\n## OTLP over gRPC: `OtlpGrpcSinkOptions`, and all of the above\n\n"
        + table(
            OtlpGrpcSinkOptions.ALL.stream()
                .filter(option -> !GrpcSinkOptions.ALL.contains(option))
                .toList())
        + "\n## OTAP over gRPC: `OtapGrpcSinkOptions`, and all of the above\n\n"
        + table(
            OtapGrpcSinkOptions.ALL.stream()
                .filter(option -> !GrpcSinkOptions.ALL.contains(option))
                .toList());
  }

  private static String table(List<ConfigOption<?>> options) {
    return "| option | type | default | meaning |\n|---|---|---|---|\n"
        + options.stream().map(OptionsDocument::row).collect(Collectors.joining());
  }

  private static String row(ConfigOption<?> option) {
    String description = new HtmlFormatter().format(option.description());
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            option.key(),
            type(option),
            option.hasDefaultValue() ? "`" + value(option.defaultValue()) + "`" : "none",
            description.replace("|", "\\|").replace("*", "\\*"));
  }

  private static String value(Object value) {
    if (value instanceof Duration time) {
      return TimeUtils.formatWithHighestUnit(time);
    }
    if (value instanceof Map<?, ?> map && map.isEmpty()) {
      return "{}";
    }
    return value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : value.toString();
  }

  private static String type(ConfigOption<?> option) {
    Class<?> type = (Class<?>) hidden(option, "getClazz");
    String name =
        type.isEnum()
            ? Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "one of ", ""))
            : type == MemorySize.class ? "size" : type.getSimpleName().toLowerCase(Locale.ROOT);
    return (boolean) hidden(option, "isList") ? "list of " + name : name;
  }

  /** What Flink's own generator of documentation asks options for in the same way. */
  private static Object hidden(ConfigOption<?> option, String name) {
    try {
      Method method = ConfigOption.class.getDeclaredMethod(name);
      method.setAccessible(true);
      return method.invoke(option);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
