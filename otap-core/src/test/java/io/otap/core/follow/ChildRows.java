/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rows of child tables of a tree, with the files that lead from each to its root row. */
public final class ChildRows {

  /**
   * A row of a child table.
   *
   * @param file path of its file
   * @param row its number in the file
   */
  public record ChildRow(PayloadType table, String file, long row, long parentId) {}

  private record Stored(String file, long row, Long id, Long parentId) {}

  private record Key(String partition, PayloadType table, long id) {}

  private static final Storage STORAGE = new LocalStorage();

  private ChildRows() {}

  /**
   * By row the paths of its own file, of those of the rows above it, and of its root file as the
   * last. Without rows that have no root, and without attributes of resources and scopes.
   */
  public static Map<ChildRow, List<String>> of(Path tree) throws IOException {
    Map<DataFile, List<Stored>> stored = new LinkedHashMap<>();
    Map<Key, Stored> byId = new HashMap<>();
    for (DataFile file : OtapTree.list(STORAGE, tree.toString()).files()) {
      stored.put(file, read(file));
      for (Stored row : stored.get(file)) {
        if (row.id != null) {
          byId.put(new Key(file.partition(), file.table(), row.id), row);
        }
      }
    }
    Map<ChildRow, List<String>> rows = new LinkedHashMap<>();
    stored.forEach(
        (file, of) -> {
          if (!file.table().isRoot() && !file.table().isShared()) {
            of.forEach(row -> add(file, row, byId, rows));
          }
        });
    return rows;
  }

  /** All rows of a file of attributes of resources or scopes. */
  static List<ChildRow> shared(DataFile file) throws IOException {
    return read(file).stream()
        .map(row -> new ChildRow(file.table(), file.path(), row.row, row.parentId))
        .toList();
  }

  private static void add(
      DataFile file, Stored row, Map<Key, Stored> byId, Map<ChildRow, List<String>> rows) {
    List<String> files = new ArrayList<>(List.of(file.path()));
    Stored at = row;
    for (PayloadType table = file.table().parent(); table != null; table = table.parent()) {
      at = byId.get(new Key(file.partition(), table, at.parentId));
      if (at == null) {
        return;
      }
      files.add(at.file);
    }
    rows.put(new ChildRow(file.table(), file.path(), row.row, row.parentId), files);
  }

  private static List<Stored> read(DataFile file) throws IOException {
    List<Stored> rows = new ArrayList<>();
    PayloadType type = file.table();
    var in = STORAGE.open(file.path());
    ParquetFooter footer = ParquetFooter.read(in, file.path());
    try (ParquetTableReader reader =
        ParquetTableReader.open(in, footer, type, type.columns(), 0, file.rows())) {
      for (OtapTable step = reader.next(1000); step != null; step = reader.next(1000)) {
        IntVector ids = type.id() == null ? null : (IntVector) step.vector(type.id());
        IntVector parents =
            type.parentId() == null ? null : (IntVector) step.vector(type.parentId());
        for (int i = 0; i < step.rows(); i++) {
          rows.add(new Stored(file.path(), rows.size(), value(ids, i), value(parents, i)));
        }
      }
    }
    return rows;
  }

  private static Long value(IntVector ids, int row) {
    return ids == null || ids.isNull(row) ? null : (Long) Integer.toUnsignedLong(ids.get(row));
  }
}
