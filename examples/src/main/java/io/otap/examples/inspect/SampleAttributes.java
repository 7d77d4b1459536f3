/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import io.otap.core.batch.Cells;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.DataFile;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first attributes of a table that have different keys. */
final class SampleAttributes {

  private static final int WANTED = 3;
  private static final int LONGEST = 60;

  private SampleAttributes() {}

  static List<String> of(Storage storage, DataFile file) throws IOException {
    Map<String, String> samples = new LinkedHashMap<>();
    PayloadType type = file.table();
    ColumnScan.rows(
        storage,
        file,
        type.columns().stream().filter(c -> c != type.parentId()).toList(),
        (table, firstRow) -> {
          for (int row = 0; row < table.rows() && samples.size() < WANTED; row++) {
            String key = table.binaryVector("key").string(row);
            if (!samples.containsKey(key)) {
              samples.put(key, key + "=" + value(table, row));
            }
          }
          return false;
        });
    return List.copyOf(samples.values());
  }

  private static String value(OtapTable table, int row) {
    AttributeType type = AttributeType.ofCode(Cells.get(table.byteVector("type"), row));
    if (type == null) {
      return "(unknown type)";
    }
    return switch (type) {
      case EMPTY -> "(empty)";
      case STRING -> {
        var strings = table.binaryVector("str");
        yield '"' + shortened(strings == null ? "" : strings.string(row)) + '"';
      }
      case INT -> Long.toString(Cells.get(table.longVector("int"), row));
      case DOUBLE -> Double.toString(Cells.get(table.doubleVector("double"), row));
      case BOOL -> Boolean.toString(Cells.get(table.byteVector("bool"), row) != 0);
      case BYTES -> Cells.size(table.binaryVector("bytes"), row) + " bytes";
      case MAP -> "map of " + Cells.size(table.binaryVector("ser"), row) + " bytes";
      case SLICE -> "array of " + Cells.size(table.binaryVector("ser"), row) + " bytes";
    };
  }

  private static String shortened(String text) {
    String line = text.codePoints().anyMatch(Character::isISOControl) ? escaped(text) : text;
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                escaped.append(String.format("\\u%04x", c));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
