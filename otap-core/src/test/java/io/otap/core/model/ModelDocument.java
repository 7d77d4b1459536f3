/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import io.otap.core.model.Column.Exporter;
import io.otap.core.model.Column.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The text of {@code docs/MODEL.md}, from the model. */
final class ModelDocument {

  private static final String HEAD =
      """
      # The model: every table and column

      Generated from `io.otap.core.model`; a test compares. To write it anew:
      `mvn -pl otap-core test -Dtest=ModelDocumentTest -Dotap.docs=write`.

      Reading, assembling, conversion from and to OTLP and writing derive from this one description, so every
      column below is read where a file has it, assembled, converted and written. Exceptions are in the column
      «today's exporter»: what it never writes is read when present and otherwise has its default.

      * **type**: as in a batch. Files hold ids with 32 bits (`u16` ids are widened, because offsets are added),
        except `resource.id` and `scope.id` in files of today's exporter, which stay local and have 16.
        `list` columns hold a list of values in each row.
      * **null or absent**: *default* means 0, "", false or no bytes; *absent* is a state of its own that OTLP
        can tell from the default; *refused* is an error.
      * **on the wire**: which dictionaries receivers accept besides plain values.
      * **today's exporter**: *null* or *default*: what a file has in a column that a batch did not use (default
        also makes the column REQUIRED if the batch was the file's first); **never written**: there is no such column.

      """;

  private ModelDocument() {}

  static String text() {
    return HEAD
        + Arrays.stream(Signal.values()).map(ModelDocument::signal).collect(Collectors.joining())
        + "## All signals\n\n"
        + table(PayloadType.RESOURCE_ATTRS)
        + table(PayloadType.SCOPE_ATTRS).stripTrailing()
        + "\n";
  }

  private static String signal(Signal signal) {
    String title = signal.id().substring(0, 1).toUpperCase(Locale.ROOT) + signal.id().substring(1);
    return "## "
        + title
        + "\n\n"
        + PayloadType.of(signal).stream()
            .filter(type -> !type.isShared())
            .map(ModelDocument::table)
            .collect(Collectors.joining());
  }

  private static String table(PayloadType type) {
    StringBuilder out = new StringBuilder();
    out.append("### `").append(type.folder()).append("` (").append(type.number()).append(")\n\n");
    out.append(relation(type)).append("\n\n");
    out.append("| column | type | null or absent | on the wire | today's exporter |\n");
    out.append("|---|---|---|---|---|\n");
    for (Column column : type.columns()) {
      out.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  column.path(),
                  type(column),
                  column.nulls().name().toLowerCase(Locale.ROOT),
                  wire(column),
                  exporter(column)));
    }
    return out.append('\n').toString();
  }

  private static String relation(PayloadType type) {
    if (type.isRoot()) {
      return "Root: one row for each record. Level 0.";
    }
    if (type.isShared()) {
      String nested = type == PayloadType.RESOURCE_ATTRS ? "resource.id" : "scope.id";
      return "`parent_id` is the `"
          + nested
          + "` of root rows, in files of today's exporter plus the offset of the request.";
    }
    return "`parent_id` is the `id` of `"
        + type.parent().folder()
        + "`. Level "
        + type.level()
        + ".";
  }

  private static String type(Column column) {
    String type =
        switch (column.type()) {
          case BOOL -> "bool";
          case UINT8 -> "u8";
          case UINT16 -> "u16";
          case UINT32 -> "u32";
          case INT32 -> "i32";
          case INT64 -> "i64";
          case UINT64 -> "u64";
          case FLOAT64 -> "f64";
          case TIMESTAMP -> "timestamp (ns, UTC)";
          case DURATION -> "duration (ns)";
          case UTF8 -> "string";
          case BINARY -> "bytes";
          case FIXED8 -> "8 bytes";
          case FIXED16 -> "16 bytes";
        };
    return column.list() ? "list of " + type : type;
  }

  private static String wire(Column column) {
    if (column.role() == Role.ID) {
      return "plain, delta";
    }
    return switch (column.wire()) {
      case NATIVE -> "plain";
      case DICTIONARY_8 -> "8 or 16 bit";
      case DICTIONARY_16 -> "16 bit";
    };
  }

  private static String exporter(Column column) {
    return column.exporter() == Exporter.DROPPED
        ? "**never written**"
        : column.exporter() == Exporter.NULL_FILLED ? "null" : "default";
  }
}
