/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.system;

import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Tables about the files of a tree. */
@PublicEvolving
public enum SystemTable {
  /** A row for each table of each partition. */
  PARTITIONS(
      DataTypes.ROW(
          DataTypes.FIELD("part_id", DataTypes.STRING()),
          DataTypes.FIELD("table_name", DataTypes.STRING()),
          DataTypes.FIELD("file_count", DataTypes.BIGINT()),
          DataTypes.FIELD("row_count", DataTypes.BIGINT()),
          DataTypes.FIELD("size_bytes", DataTypes.BIGINT()),
          DataTypes.FIELD("earliest", DataTypes.TIMESTAMP_LTZ(9)),
          DataTypes.FIELD("latest", DataTypes.TIMESTAMP_LTZ(9))),
      Partitions::rows),
  /** A row for each schema that files of a table have: how the exporters changed. */
  SCHEMAS(
      DataTypes.ROW(
          DataTypes.FIELD("table_name", DataTypes.STRING()),
          DataTypes.FIELD("fingerprint", DataTypes.STRING()),
          DataTypes.FIELD(
              "column_types",
              DataTypes.ARRAY(
                  DataTypes.ROW(
                      DataTypes.FIELD("name", DataTypes.STRING()),
                      DataTypes.FIELD("type", DataTypes.STRING())))),
          DataTypes.FIELD("file_count", DataTypes.BIGINT()),
          DataTypes.FIELD("first_file", DataTypes.STRING()),
          DataTypes.FIELD("last_file", DataTypes.STRING())),
      Schemas::rows);

  /** Lists a tree. */
  private interface Listing {
    List<RowData> rows(Storage storage, String base) throws IOException;
  }

  private final DataType type;
  private final Listing listing;

  SystemTable(DataType type, Listing listing) {
    this.type = type;
    this.listing = listing;
  }

  /** The name in SQL. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table of this name, or null. */
  public static SystemTable ofId(String id) {
    return Arrays.stream(values()).filter(t -> t.id().equals(id)).findFirst().orElse(null);
  }

  /** The columns. */
  public DataType type() {
    return type;
  }

  /**
   * What is there now.
   *
   * @throws io.otap.core.error.OtapException of kind DISCOVERY if there is no tree
   */
  public List<RowData> rows(Storage storage, String base) throws IOException {
    return listing.rows(storage, base);
  }
}
