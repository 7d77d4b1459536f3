/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.batch.OtapBatch;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Cuts batches by the values of partition columns.
 *
 * @param columns in the order of the folders
 */
record Partitioning(List<PartitionColumn> columns, PartitionPlacement placement)
    implements Serializable {

  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]*");

  Partitioning {
    columns = List.copyOf(columns);
    for (PartitionColumn column : columns) {
      if (!NAME.matcher(column.name()).matches()) {
        throw new IllegalArgumentException(
            "the partition column '" + column.name() + "' is not letters, digits and '_'");
      }
    }
    if (columns.stream().map(PartitionColumn::name).distinct().count() != columns.size()) {
      throw new IllegalArgumentException("two partition columns have one name");
    }
  }

  /** The parts of a batch by their folders, {@code <name>=<value>/…}; empty without columns. */
  Map<String, OtapBatch> split(OtapBatch batch) throws IOException {
    if (columns.isEmpty()) {
      return Map.of("", batch);
    }
    List<String[]> values = new ArrayList<>();
    for (PartitionColumn column : columns) {
      String[] own = column.values(batch);
      if (own.length != batch.rows()) {
        throw new IllegalArgumentException(
            "the partition column "
                + column.name()
                + " gave "
                + own.length
                + " values for "
                + batch.rows()
                + " records");
      }
      values.add(own);
    }
    Map<List<String>, Integer> numbers = new LinkedHashMap<>();
    int[] part = new int[batch.rows()];
    for (int row = 0; row < part.length; row++) {
      List<String> key = new ArrayList<>(columns.size());
      for (String[] own : values) {
        key.add(own[row]);
      }
      part[row] = numbers.computeIfAbsent(key, k -> numbers.size());
    }
    Map<String, OtapBatch> parts = new LinkedHashMap<>();
    for (Map.Entry<List<String>, Integer> entry : numbers.entrySet()) {
      int number = entry.getValue();
      parts.put(folder(entry.getKey()), batch.filter(row -> part[row] == number));
    }
    return parts;
  }

  /** Where a file goes that lies at a path of a plain tree, {@code <table>/<rest>}. */
  String place(String partition, String path) {
    if (partition.isEmpty()) {
      return path;
    }
    int table = path.indexOf('/');
    return placement == PartitionPlacement.IN_FRONT
        ? partition + "/" + path
        : path.substring(0, table) + "/" + partition + path.substring(table);
  }

  private String folder(List<String> key) {
    StringBuilder folder = new StringBuilder();
    for (int i = 0; i < key.size(); i++) {
      folder.append(i == 0 ? "" : "/").append(columns.get(i).name()).append('=');
      escape(key.get(i) == null || key.get(i).isEmpty() ? NULL : key.get(i), folder);
    }
    return folder.toString();
  }

  /** What may not stand in a path as bytes of UTF-8, {@code %2F}, as Hive does. */
  private static void escape(String value, StringBuilder out) {
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append(String.format("%%%02X", (int) c));
      }
    }
  }
}
