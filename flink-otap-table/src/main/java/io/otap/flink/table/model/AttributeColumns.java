/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import java.util.ArrayList;
import java.util.List;

/** Columns for one attribute each: a table has one for whatever key is asked for. */
final class AttributeColumns {

  private AttributeColumns() {}

  /**
   * @param key the path of a column with attributes, a dot, and the key of one of them
   * @return null if it names none
   */
  static TableColumn find(List<TableColumn> columns, String key) {
    for (TableColumn column : columns) {
      String prefix = column.name() + ".";
      if (!key.startsWith(prefix)) {
        continue;
      }
      String rest = key.substring(prefix.length());
      if (column.content() instanceof Content.Attributes) {
        return of(column, key, new Content.Attribute(rest));
      }
      if (column.content() instanceof Content.SharedAttributes shared) {
        return of(column, key, new Content.SharedAttribute(shared.table(), shared.idPath(), rest));
      }
      if (column.content() instanceof Content.Shared shared) {
        TableColumn found = find(shared.fields(), rest);
        return found == null ? null : of(found, key, found.content());
      }
    }
    return null;
  }

  /** What keys begin with. */
  static List<String> prefixes(List<TableColumn> columns) {
    List<String> prefixes = new ArrayList<>();
    for (TableColumn column : columns) {
      String prefix = column.name() + ".";
      if (column.content() instanceof Content.Attributes
          || column.content() instanceof Content.SharedAttributes) {
        prefixes.add(prefix);
      } else if (column.content() instanceof Content.Shared shared) {
        prefixes(shared.fields()).forEach(inner -> prefixes.add(prefix + inner));
      }
    }
    return prefixes;
  }

  private static TableColumn of(TableColumn owner, String name, Content content) {
    return new TableColumn(name, content, null, owner.ofPoints(), false, owner.description());
  }
}
