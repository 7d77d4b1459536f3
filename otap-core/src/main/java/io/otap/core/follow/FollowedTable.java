/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.scan.DataFile;
import io.otap.core.scan.FileOrder;
import io.otap.core.scan.IdRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of one table of a partition that have rows and whose footers are known, so kept that a
 * step costs what it changes, not what there is.
 */
final class FollowedTable {

  private final GrowingRangeIndex byId = new GrowingRangeIndex(DataFile::ids);
  private final GrowingRangeIndex byParent = new GrowingRangeIndex(DataFile::parentIds);
  private final GrowingRangeIndex byHighest =
      new GrowingRangeIndex(data -> new IdRange(data.largestId(), data.largestId()));

  /** Root files that are released or left out, and still followed or followed again. */
  private final GrowingRangeIndex released = new GrowingRangeIndex(DataFile::ids);

  private final NavigableSet<String> releasedNames = new TreeSet<>();

  /** Smallest ids of root files that wait. */
  private final LongBag waiting = new LongBag();

  private final NavigableSet<DataFile> inOrder = new TreeSet<>(FileOrder.BY_ID);
  private final Set<FollowedFile> withoutIds = new LinkedHashSet<>();

  /** All files in the order they were written; null if it is to be made anew. */
  private List<DataFile> order;

  private int size;

  void add(FollowedFile file) {
    size++;
    byId.add(file);
    byParent.add(file);
    byHighest.add(file);
    order = null;
    if (file.data.ids() == null) {
      withoutIds.add(file);
    } else {
      inOrder.add(file.data);
    }
    addStage(file);
  }

  void remove(FollowedFile file) {
    size--;
    removeStage(file);
    byId.remove(file);
    byParent.remove(file);
    byHighest.remove(file);
    order = null;
    withoutIds.remove(file);
    if (file.data.ids() != null) {
      inOrder.remove(file.data);
    }
  }

  /** A root file has come to a stage. To be preceded by {@link #removeStage}. */
  void addStage(FollowedFile file) {
    if (isReleased(file)) {
      released.add(file);
      releasedNames.add(file.data.name());
    } else if (isWaitingWithIds(file)) {
      waiting.add(file.data.ids().min());
    }
  }

  void removeStage(FollowedFile file) {
    if (isReleased(file)) {
      released.remove(file);
      releasedNames.remove(file.data.name());
    } else if (isWaitingWithIds(file)) {
      waiting.remove(file.data.ids().min());
    }
  }

  private static boolean isReleased(FollowedFile file) {
    return file.data.table().isRoot() && file.stage != null;
  }

  private static boolean isWaitingWithIds(FollowedFile file) {
    return file.data.table().isRoot() && file.stage == null && file.data.ids() != null;
  }

  boolean isEmpty() {
    return size == 0;
  }

  GrowingRangeIndex byId() {
    return byId;
  }

  GrowingRangeIndex byParent() {
    return byParent;
  }

  GrowingRangeIndex released() {
    return released;
  }

  Collection<FollowedFile> withoutIds() {
    return withoutIds;
  }

  /** Files of which no row has, or belongs to, this id or a larger one. */
  List<FollowedFile> below(long id) {
    return byHighest.below(id);
  }

  /** The largest id that occurs, -1 if none does; empty without files. */
  OptionalLong highest() {
    return byHighest.largest();
  }

  /**
   * The largest id before that of all root files that wait, or their smallest if there is none;
   * empty if none with ids waits.
   */
  OptionalLong beforeWaiting() {
    if (waiting.isEmpty()) {
      return OptionalLong.empty();
    }
    long first = waiting.smallest();
    return OptionalLong.of(byId.largestBelow(first).orElse(first));
  }

  /** Whether a root file that was written later is released. */
  boolean hasReleasedAfter(FollowedFile root) {
    return releasedNames.higher(root.data.name()) != null;
  }

  /**
   * The neighbours of a file in the order of writing: on both sides up to the next that has ids.
   */
  List<DataFile> around(DataFile file) {
    List<DataFile> around = new ArrayList<>();
    if (withoutIds.isEmpty()) {
      DataFile before = inOrder.lower(file);
      DataFile behind = inOrder.higher(file);
      if (before != null) {
        around.add(before);
      }
      around.add(file);
      if (behind != null) {
        around.add(behind);
      }
      return around;
    }
    List<DataFile> all = order();
    int at = all.indexOf(file);
    int from = at - 1;
    while (from > 0 && all.get(from).ids() == null) {
      from--;
    }
    int to = at + 1;
    while (to < all.size() - 1 && all.get(to).ids() == null) {
      to++;
    }
    around.addAll(all.subList(Math.max(0, from), Math.min(all.size(), to + 1)));
    return around;
  }

  private List<DataFile> order() {
    if (order == null) {
      List<DataFile> all = new ArrayList<>(inOrder);
      withoutIds.forEach(file -> all.add(file.data));
      order = FileOrder.of(all);
    }
    return order;
  }
}
