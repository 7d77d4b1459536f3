/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import io.otap.core.model.PayloadType;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Where the tables of a batch have what a SQL column shows. Paths are those of the table that the
 * rows come from: the root table, that of the points, that of the events and so on.
 */
@Internal
public sealed interface Content {

  /** A column of the table. */
  record Value(String path) implements Content {}

  /** A trace or span id of which zeros stand for none. */
  record FilledId(String path) implements Content {}

  /**
   * The number of an enumeration, as a name.
   *
   * @param names by number; other numbers are written in digits
   */
  record Code(String path, List<String> names) implements Content {}

  /** The number of a point or exemplar if it is an int, or if it is a double. */
  record Number(boolean integer) implements Content {}

  /** The start of a span plus its duration. */
  record SpanEnd() implements Content {}

  /**
   * The time of a row in milliseconds; the first of 1970 if there is none.
   *
   * @param paths columns with times, of which the first that is not 0 counts
   */
  record EventTime(List<String> paths) implements Content {}

  /** A value of any type, in columns that begin with a prefix. */
  record AnyValue(String prefix) implements Content {}

  /** The attributes of the row. */
  record Attributes() implements Content {}

  /** The attributes of the resource or scope of the row, which other rows share. */
  record SharedAttributes(PayloadType table, String idPath) implements Content {}

  /**
   * One attribute of the row.
   *
   * @param key of which the first value counts
   */
  record Attribute(String key) implements Content {}

  /**
   * One attribute of the resource or scope of the row.
   *
   * @param key of which the first value counts
   */
  record SharedAttribute(PayloadType table, String idPath, String key) implements Content {}

  /**
   * A row of columns that have the same values in all rows with the same id.
   *
   * @param idPath the id
   */
  record Shared(String idPath, List<TableColumn> fields) implements Content {}

  /**
   * The rows of a child table.
   *
   * @param folderEnd how the name of the child table ends
   */
  record Children(String folderEnd, List<TableColumn> fields) implements Content {}

  /** The quantiles of a summary with their values. */
  record Quantiles() implements Content {}
}
