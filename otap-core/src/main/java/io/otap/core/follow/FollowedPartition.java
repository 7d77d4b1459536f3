/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ListedFile;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of one sequence of ids that still matter: roots that wait, their children, and what is
 * evidence for roots to come.
 */
final class FollowedPartition {

  private final Map<FileKey, FollowedFile> files = new LinkedHashMap<>();

  /** Files that are done and are still to be removed; empty if they are kept. */
  private final Map<FileKey, FollowedFile> spent = new LinkedHashMap<>();

  private final boolean removesFiles;

  /** Whether files that were done are not in memory; a root file that comes late may need them. */
  private boolean forgetful;

  /**
   * @param removesFiles whether files that are done are removed one day, and followed until then
   */
  FollowedPartition(boolean removesFiles) {
    this.removesFiles = removesFiles;
  }

  Collection<FollowedFile> files() {
    return files.values();
  }

  /** All files that are done are followed again; those that waiting roots need stay. */
  void recalled() {
    waiting().forEach(root -> root.recalled = true);
  }

  /** A file is listed. */
  void offer(FileKey key, ListedFile listed, FileStage stage, long listing, long now) {
    if (spent.containsKey(key)) {
      return;
    }
    FollowedFile file = files.get(key);
    if (file == null) {
      files.put(key, new FollowedFile(key, listed, stage, listing, now));
    } else {
      file.seen(listed, now);
    }
  }

  /** A file that is done is listed, and not looked at. */
  void pass() {
    forgetful = true;
  }

  void drop(FollowedFile file) {
    files.remove(file.key);
  }

  /** Files whose footers are to be read, children first. */
  List<FollowedFile> unread(FollowRules rules, long now) {
    return files.values().stream()
        .filter(f -> f.data == null && f.isUnchangedFor(rules.minFileAge().toMillis(), now))
        .sorted(Comparator.comparing(f -> f.listed().table().isRoot()))
        .toList();
  }

  /** Released roots with one of the ids that a child file has just shown. */
  List<FollowedFile> releasedBefore(FollowedFile child) {
    return files.values().stream()
        .filter(f -> f.stage == FileStage.RELEASED && !f.leftOut)
        .filter(f -> f.data != null && f.data.ids() != null)
        .filter(f -> child.data.table().signals().contains(Signal.ofRoot(f.data.table())))
        .filter(f -> f.data.ids().meets(child.data.parentIds()))
        .toList();
  }

  /** Root files that wait to be released. */
  List<FollowedFile> waiting() {
    return files.values().stream()
        .filter(f -> f.stage == null && f.listed().table().isRoot())
        .toList();
  }

  /**
   * Whether all children that are published before a root have been seen, and those that follow are
   * proven or given up.
   */
  boolean isReady(FollowedFile root, FollowRules rules, long listings, long now) {
    if (root.data == null || root.listings(listings) < rules.releaseListings()) {
      return false;
    }
    boolean unreadChild =
        files.values().stream()
            .anyMatch(
                f ->
                    f.data == null
                        && !f.listed().table().isRoot()
                        && f.listings(listings)
                            >= root.listings(listings) - rules.releaseListings() + 1);
    return !unreadChild && (isProven(root, rules, listings) || hasWaited(root, rules, now));
  }

  private static boolean hasWaited(FollowedFile root, FollowRules rules, long now) {
    return now - root.firstSeen >= rules.lateChildren().toMillis();
  }

  /**
   * Whether each table whose files can follow the root's has a file with rows of the root's last
   * record or behind: files of a table are published in order, and no batch is split.
   */
  boolean isProven(FollowedFile root, FollowRules rules, long listings) {
    if (root.data.ids() == null) {
      return true;
    }
    return PayloadType.of(Signal.ofRoot(root.data.table())).stream()
        .filter(PayloadType::followsRoot)
        .allMatch(
            table ->
                files.values().stream()
                    .filter(f -> f.data != null && f.data.table() == table)
                    .filter(f -> f.listings(listings) >= rules.releaseListings())
                    .anyMatch(
                        f ->
                            f.data.parentIds() != null
                                && f.data.parentIds().max() >= root.data.ids().max()));
  }

  /** Whether a root needs files that are no longer in memory. */
  boolean needsForgotten(FollowedFile root) {
    if (!forgetful || root.recalled || root.data == null || root.data.ids() == null) {
      return false;
    }
    long least = Long.MAX_VALUE;
    for (Signal signal : Signal.values()) {
      least = Math.min(least, lastReleased(signal));
    }
    return root.data.ids().min() < least;
  }

  List<SplitPlan> plan(FollowedFile root, long splitSize, ReadOptions options) {
    return SplitPlanner.planGrowing(data(), root.data, splitSize, options);
  }

  /**
   * Files to remove, those with the smallest ids first: no split needs them, nor one of the files
   * before them.
   *
   * @param needed whether a split needs the file at a path
   * @param doneBefore files have been done since before this time
   */
  List<FollowedFile> removable(Predicate<String> needed, long doneBefore) {
    List<FollowedFile> removable = new ArrayList<>();
    for (FollowedFile file :
        spent.values().stream().sorted(Comparator.comparingLong(f -> highest(f.data))).toList()) {
      if (file.doneSince > doneBefore || needed.test(file.listed().path())) {
        break;
      }
      removable.add(file);
    }
    return removable;
  }

  void removed(FollowedFile file) {
    spent.remove(file.key);
  }

  /**
   * Files that nothing can need any more. They are no longer followed, unless they are to be
   * removed.
   */
  List<FileKey> retire(long now) {
    long floor = floor();
    List<FileKey> done = new ArrayList<>();
    for (FollowedFile file : List.copyOf(files.values())) {
      if (file.data != null && isDone(file, floor)) {
        files.remove(file.key);
        done.add(file.key);
        if (removesFiles) {
          file.doneSince = now;
          spent.put(file.key, file);
        }
      }
    }
    forgetful |= !done.isEmpty() && !removesFiles;
    return done;
  }

  private boolean isDone(FollowedFile file, long floor) {
    if (file.data.rows() == 0) {
      return true;
    }
    if (!file.data.table().isRoot()) {
      return highest(file.data) < floor;
    }
    if (file.stage == null) {
      return false;
    }
    return file.data.ids() == null ? hasSuccessor(file) : file.data.ids().max() < floor;
  }

  private boolean hasSuccessor(FollowedFile root) {
    return files.values().stream()
        .anyMatch(
            f ->
                f.stage == FileStage.RELEASED
                    && f.listed().table() == root.listed().table()
                    && f.listed().name().compareTo(root.listed().name()) > 0);
  }

  /**
   * No file that is still to come needs what lies below this id: the smallest window of recovery of
   * the next root of each signal. Nothing is known to be done while there is no root.
   */
  private long floor() {
    long reach = SplitPlanner.reach(data());
    long floor = Long.MAX_VALUE;
    for (Signal signal : Signal.values()) {
      List<FollowedFile> roots =
          files.values().stream().filter(f -> f.listed().table() == signal.root()).toList();
      if (roots.stream().anyMatch(f -> f.data == null)) {
        return Long.MIN_VALUE;
      }
      if (roots.isEmpty()) {
        continue;
      }
      long last = lastReleased(signal);
      boolean withIds = last != Long.MAX_VALUE;
      floor = Math.min(floor, last);
      for (FollowedFile root : roots) {
        if (root.stage == null && root.data.ids() != null) {
          floor = Math.min(floor, before(root));
          withIds = true;
        }
      }
      if (!withIds) {
        floor =
            Math.min(floor, data().stream().mapToLong(FollowedPartition::highest).max().orElse(0));
      }
    }
    return floor == Long.MAX_VALUE ? Long.MIN_VALUE : floor - reach;
  }

  /** The largest id before a root's own. */
  private long before(FollowedFile root) {
    long before = -1;
    for (FollowedFile file : files.values()) {
      if (file.data != null && file.data.table() == root.data.table() && file.data.ids() != null) {
        long max = file.data.ids().max();
        before = max < root.data.ids().min() ? Math.max(before, max) : before;
      }
    }
    return before < 0 ? root.data.ids().min() : before;
  }

  /** The largest id of a signal's released roots; the largest number if there is none. */
  private long lastReleased(Signal signal) {
    return files.values().stream()
        .filter(f -> f.stage == FileStage.RELEASED && f.data != null)
        .map(f -> f.data)
        .filter(d -> d.table() == signal.root() && d.ids() != null)
        .map(DataFile::ids)
        .max(Comparator.comparingLong(IdRange::max))
        .map(IdRange::max)
        .orElse(Long.MAX_VALUE);
  }

  private static long highest(DataFile file) {
    long ids = file.ids() == null ? -1 : file.ids().max();
    return file.parentIds() == null ? ids : Math.max(ids, file.parentIds().max());
  }

  private List<DataFile> data() {
    return Stream.concat(files.values().stream(), spent.values().stream())
        .map(f -> f.data)
        .filter(Objects::nonNull)
        .toList();
  }
}
