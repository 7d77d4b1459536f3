/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.scan.DataFile;
import io.otap.core.scan.SplitPlanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Files that are done and are to be removed, those of a partition in the order of their ids. */
final class SpentFiles {

  /**
   * @param highest the largest id or parent id in the file
   * @param reach the largest id that its rows have, belong to, or number resources and scopes by;
   *     -1 if there is none
   * @param since when it was found to be done
   */
  record Spent(FileKey key, String partition, String path, long highest, long reach, long since) {}

  private static final Comparator<Spent> BY_ID =
      Comparator.comparingLong(Spent::highest).thenComparing(Spent::path);

  private final Map<FileKey, Spent> known = new HashMap<>();
  private final Map<String, TreeSet<Spent>> partitions = new HashMap<>();

  boolean knows(FileKey key) {
    return known.containsKey(key);
  }

  void add(FileKey key, DataFile file, long now) {
    long highest = file.largestId();
    long reach = file.ids() == null ? highest : highest + SplitPlanner.largestNestedId(file);
    Spent spent = new Spent(key, file.partition(), file.path(), highest, reach, now);
    if (known.putIfAbsent(key, spent) == null) {
      partitions.computeIfAbsent(file.partition(), p -> new TreeSet<>(BY_ID)).add(spent);
    }
  }

  /**
   * Files to remove: none that stays, nor one behind it.
   *
   * @param doneBefore files have been done since before this time
   */
  List<Spent> removable(Predicate<Spent> stays, long doneBefore) {
    List<Spent> removable = new ArrayList<>();
    for (TreeSet<Spent> files : partitions.values()) {
      for (Spent file : files) {
        if (file.since() > doneBefore || stays.test(file)) {
          break;
        }
        removable.add(file);
      }
    }
    return removable;
  }

  /** The file is gone, or was removed. */
  void forget(FileKey key) {
    Spent file = known.remove(key);
    if (file != null) {
      partitions.get(file.partition()).remove(file);
    }
  }
}
