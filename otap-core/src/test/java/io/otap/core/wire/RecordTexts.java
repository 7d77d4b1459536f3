/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.Column.Role;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of tables as texts, sorted: each with its resource, its scope and its children, by
 * the relations of the format alone. Ids are not in them, nor what the format does not tell apart.
 */
final class RecordTexts {

  private static final Set<String> VALUES = Set.of("str", "int", "double", "bool", "bytes", "ser");
  private static final String[] ACTIVE = {
    null, "str", "int", "double", "bool", "ser", "ser", "bytes"
  };

  private final Map<PayloadType, TableRows> tables;
  private final Map<PayloadType, Map<Long, List<Integer>>> byParent = new HashMap<>();

  private RecordTexts(Map<PayloadType, TableRows> tables) {
    this.tables = tables;
    tables.forEach(
        (type, table) -> {
          if (!type.isRoot()) {
            Map<Long, List<Integer>> rows = new HashMap<>();
            for (int row = 0; row < table.rows(); row++) {
              rows.computeIfAbsent(table.id("parent_id", row), id -> new ArrayList<>()).add(row);
            }
            byParent.put(type, rows);
          }
        });
  }

  static List<String> of(Signal signal, Map<PayloadType, TableRows> tables) {
    RecordTexts texts = new RecordTexts(tables);
    TableRows root = tables.get(signal.root());
    List<String> out = new ArrayList<>();
    for (int row = 0; root != null && row < root.rows(); row++) {
      out.add(
          texts.row(root, row)
              + " resource "
              + texts.children(PayloadType.RESOURCE_ATTRS, root.id("resource.id", row))
              + " scope "
              + texts.children(PayloadType.SCOPE_ATTRS, root.id("scope.id", row)));
    }
    Collections.sort(out);
    return out;
  }

  private List<String> children(PayloadType type, Long parent) {
    List<String> out = new ArrayList<>();
    List<Integer> rows =
        parent == null
            ? List.of()
            : byParent.getOrDefault(type, Map.of()).getOrDefault(parent, List.of());
    for (int row : rows) {
      out.add(row(tables.get(type), row));
    }
    Collections.sort(out);
    return out;
  }

  private String row(TableRows table, int row) {
    StringBuilder out = new StringBuilder("{");
    for (Column column : table.type().columns()) {
      boolean relation = column.role() == Role.ID || column.role() == Role.PARENT_ID;
      if (relation || column.role() == Role.RESOURCE_ID || column.role() == Role.SCOPE_ID) {
        continue;
      }
      if (VALUES.contains(column.name())) {
        if (isActive(table, column, row)) {
          out.append(column.path()).append('=').append(text(table, column, row)).append(' ');
        }
        continue;
      }
      Object value = table.get(column.path(), row);
      if (column.nulls() == Nulls.ABSENT ? value != null && !isZeroId(value) : !isDefault(value)) {
        out.append(column.path()).append('=').append(text(table, column, row)).append(' ');
      }
    }
    if (table.type().id() != null) {
      Long id = table.id("id", row);
      for (PayloadType child : table.type().children()) {
        List<String> children = children(child, id);
        if (!children.isEmpty()) {
          out.append(child.folder()).append(children);
        }
      }
    }
    return out.append('}').toString();
  }

  private static boolean isActive(TableRows table, Column column, int row) {
    String prefix = column.path().substring(0, column.path().length() - column.name().length());
    Object type = table.get(prefix + "type", row);
    int code = type == null ? 0 : ((Number) type).intValue();
    return code < ACTIVE.length && column.name().equals(ACTIVE[code]);
  }

  /** The value, where none counts as the default. */
  private static String text(TableRows table, Column column, int row) {
    Object value = table.get(column.path(), row);
    if (value != null) {
      return value.equals("a0")
              || value.equals("80")
              || value.equals("bfff")
              || value.equals("9fff")
          ? ""
          : value.toString();
    }
    return switch (column.type().storage()) {
      case BYTES -> "false";
      case DOUBLES -> "0.0";
      case BINARY -> "";
      default -> "0";
    };
  }

  private static boolean isZeroId(Object value) {
    return value instanceof String text && !text.isEmpty() && text.matches("0+");
  }

  private static boolean isDefault(Object value) {
    return value == null
        || value.equals("")
        || isZeroId(value)
        || value.equals(false)
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Number number
            && (number instanceof Double d
                ? Double.doubleToRawLongBits(d) == 0
                : number.longValue() == 0);
  }
}
