/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import io.otap.core.scan.DataFile;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * How the rows of a child table spread over their parents.
 *
 * @param least children of the parent with the fewest
 * @param median children of the parent in the middle
 * @param most children of the parent with the most
 * @param orphans rows whose parent does not exist
 * @param firstOrphan where the first of them is, or null
 */
record Relation(int least, int median, int most, long orphans, String firstOrphan) {

  /**
   * @param parents sorted ids of the parent table, or null where any key is a parent
   */
  static Relation of(Storage storage, List<DataFile> children, Ids parents) throws IOException {
    Ids keys = new Ids();
    for (DataFile file : children) {
      ColumnScan.ids(
          storage,
          file,
          file.table().parentId(),
          (id, row) -> {
            keys.add(id);
            return true;
          });
    }
    keys.sort();
    Ids known = parents == null ? distinct(keys) : parents;
    int[] counts = new int[known.size()];
    long orphans = 0;
    int parent = 0;
    for (int i = 0; i < keys.size(); i++) {
      while (parent < known.size() && known.get(parent) < keys.get(i)) {
        parent++;
      }
      if (parent < known.size() && known.get(parent) == keys.get(i)) {
        counts[parent]++;
      } else {
        orphans++;
      }
    }
    Arrays.sort(counts);
    String first = orphans == 0 ? null : firstOrphan(storage, children, known);
    return counts.length == 0
        ? new Relation(0, 0, 0, orphans, first)
        : new Relation(
            counts[0], counts[counts.length / 2], counts[counts.length - 1], orphans, first);
  }

  private static Ids distinct(Ids sorted) {
    Ids distinct = new Ids();
    for (int i = 0; i < sorted.size(); i++) {
      if (i == 0 || sorted.get(i) != sorted.get(i - 1)) {
        distinct.add(sorted.get(i));
      }
    }
    return distinct;
  }

  private static String firstOrphan(Storage storage, List<DataFile> children, Ids parents)
      throws IOException {
    String[] first = new String[1];
    for (DataFile file : children) {
      ColumnScan.ids(
          storage,
          file,
          file.table().parentId(),
          (id, row) -> {
            if (!parents.contains(id)) {
              first[0] = "parent_id " + id + " in row " + row + " of " + file.path();
            }
            return first[0] == null;
          });
      if (first[0] != null) {
        break;
      }
    }
    return first[0];
  }
}
