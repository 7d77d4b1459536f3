/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.KnownFiles;
import io.otap.core.scan.ListedFile;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The files of one sequence of ids that still matter: roots that wait, their children, and what is
 * evidence for roots to come. A step costs what it changes: there may be 100,000 files.
 */
final class FollowedPartition implements KnownFiles {

  /** Of a table without files. */
  private static final FollowedTable NONE = new FollowedTable();

  private final Predicate<PayloadType> followed;
  private final Map<FileKey, FollowedFile> files = new LinkedHashMap<>();
  private final Map<PayloadType, FollowedTable> tables = new EnumMap<>(PayloadType.class);
  private final Set<FollowedFile> waiting = new LinkedHashSet<>();
  private final Set<FollowedFile> unread = new LinkedHashSet<>();
  private final Set<FollowedFile> empty = new LinkedHashSet<>();

  /** Child files whose footers are known, but not whether they come too late. */
  private final Set<FollowedFile> arrived = new LinkedHashSet<>();

  /** Numbers of the listings that showed the child files first whose footers are not read. */
  private final LongBag unreadChildren = new LongBag();

  private final LongBag largestNestedIds = new LongBag();
  private long footers;

  /** Whether files that were done are not in memory; a root file that comes late may need them. */
  private boolean forgetful;

  /** No file that is not in memory has this id or a larger one. */
  private long forgottenBelow = Long.MIN_VALUE;

  /**
   * @param followed the tables whose files are offered
   */
  FollowedPartition(Predicate<PayloadType> followed) {
    this.followed = followed;
  }

  boolean follows(FileKey key) {
    return files.containsKey(key);
  }

  int size() {
    return files.size();
  }

  /** The tables of which files that are done are needed again; in many cases none. */
  Set<PayloadType> forgottenTables() {
    if (waiting.stream().anyMatch(this::needsForgotten)) {
      return EnumSet.allOf(PayloadType.class);
    }
    Set<PayloadType> needed = EnumSet.noneOf(PayloadType.class);
    arrived.stream()
        .filter(this::comesBehindForgotten)
        .forEach(child -> needed.addAll(relatives(child.data.table())));
    return needed;
  }

  /**
   * All files of these tables that are done are followed again; those that waiting roots need stay.
   */
  void recalled(Set<PayloadType> tables) {
    arrived.forEach(child -> child.recalled = true);
    if (tables.size() == PayloadType.values().length) {
      waiting.forEach(root -> root.recalled = true);
      forgottenBelow = Long.MIN_VALUE;
    }
  }

  /** The tables whose rows can belong to those of a child table, or they to them. */
  private static Set<PayloadType> relatives(PayloadType child) {
    Set<PayloadType> relatives = EnumSet.noneOf(PayloadType.class);
    if (child.isShared()) {
      child.signals().forEach(signal -> relatives.add(signal.root()));
      return relatives;
    }
    for (PayloadType above = child; !above.isRoot(); above = above.parent()) {
      relatives.add(above.parent());
    }
    addBelow(child, relatives);
    return relatives;
  }

  private static void addBelow(PayloadType table, Set<PayloadType> to) {
    for (PayloadType child : table.children()) {
      to.add(child);
      addBelow(child, to);
    }
  }

  /** A file is listed. */
  void offer(FileKey key, ListedFile listed, FileStage stage, long listing, long now) {
    FollowedFile file = files.get(key);
    if (file != null) {
      file.seen(listed, now);
      return;
    }
    file = new FollowedFile(key, listed, stage, listing, now);
    files.put(key, file);
    unread.add(file);
    if (!listed.table().isRoot()) {
      unreadChildren.add(listing);
    } else if (stage == null) {
      waiting.add(file);
    }
  }

  /** A file that is done is listed, and not looked at. */
  void pass() {
    if (!forgetful) {
      forgetful = true;
      forgottenBelow = Long.MAX_VALUE;
    }
  }

  void forget(FileKey key) {
    FollowedFile file = files.get(key);
    if (file != null) {
      drop(file);
    }
  }

  void drop(FollowedFile file) {
    files.remove(file.key);
    waiting.remove(file);
    arrived.remove(file);
    if (file.data == null) {
      removeUnread(file);
    } else if (!empty.remove(file)) {
      table(file).remove(file);
      if (file.data.table().isRoot()) {
        largestNestedIds.remove(SplitPlanner.largestNestedId(file.data));
      }
    }
  }

  private void removeUnread(FollowedFile file) {
    if (unread.remove(file) && !file.listed().table().isRoot()) {
      unreadChildren.remove(file.firstListing());
    }
  }

  /** Files whose footers are to be read, children first. */
  List<FollowedFile> unread(FollowRules rules, long now) {
    return unread.stream()
        .filter(f -> f.isUnchangedFor(rules.minFileAge().toMillis(), now))
        .sorted(Comparator.comparing(f -> f.listed().table().isRoot()))
        .toList();
  }

  /** The footer of a file has been read. */
  void read(FollowedFile file, DataFile data) {
    removeUnread(file);
    file.data = data;
    footers++;
    if (data.rows() == 0) {
      waiting.remove(file);
      empty.add(file);
      return;
    }
    tables.computeIfAbsent(data.table(), t -> new FollowedTable()).add(file);
    if (data.table().isRoot()) {
      largestNestedIds.add(SplitPlanner.largestNestedId(data));
    } else if (file.stage == null) {
      arrived.add(file);
    }
  }

  /** A file whose footer was read has come to a stage. */
  void to(FollowedFile file, FileStage stage) {
    table(file).removeStage(file);
    file.stage = stage;
    table(file).addStage(file);
    waiting.remove(file);
    arrived.remove(file);
  }

  /**
   * Child files of which is to be found out whether they come too late; none while files that were
   * seen in an earlier run have to be read first.
   */
  List<FollowedFile> arrived() {
    return unread.stream().anyMatch(file -> file.stage != null) ? List.of() : List.copyOf(arrived);
  }

  /** How to find the rows that a child file makes late. */
  List<SplitPlan> late(FollowedFile child, ReadOptions options) {
    return LateRows.plans(this::table, child.data, options);
  }

  /** Released roots with one of the ids that a child file has just shown. */
  List<FollowedFile> releasedBefore(FollowedFile child) {
    return child.data.table().signals().stream()
        .flatMap(signal -> table(signal.root()).released().meeting(child.data.parentIds()).stream())
        .filter(root -> !root.leftOut)
        .toList();
  }

  /** Root files that wait to be released. */
  Collection<FollowedFile> waiting() {
    return waiting;
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
        !unreadChildren.isEmpty()
            && unreadChildren.smallest() < root.firstListing() + rules.releaseListings();
    return arrived.isEmpty()
        && !unreadChild
        && (isProven(root, rules, listings) || hasWaited(root, rules, now));
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
        .filter(table -> table.followsRoot() && followed.test(table))
        .map(
            child ->
                table(child)
                    .byParent()
                    .largest(f -> f.listings(listings) >= rules.releaseListings()))
        .allMatch(last -> last.isPresent() && last.getAsLong() >= root.data.ids().max());
  }

  /** Whether a root needs files that are no longer in memory. */
  boolean needsForgotten(FollowedFile root) {
    if (!forgetful || root.recalled || root.data == null || root.data.ids() == null) {
      return false;
    }
    long least = Long.MAX_VALUE;
    for (Signal signal : Signal.values()) {
      least = Math.min(least, lastReleased(signal).orElse(Long.MAX_VALUE));
    }
    return root.data.ids().min() < least;
  }

  /** Whether rows of a child file that has just appeared may belong to files not in memory. */
  private boolean comesBehindForgotten(FollowedFile child) {
    IdRange parents = child.data.parentIds();
    if (!forgetful || child.recalled || parents == null || parents.min() >= forgottenBelow) {
      return false;
    }
    return child.data.table().signals().stream()
        .map(this::lastReleased)
        .anyMatch(last -> last.isPresent() && parents.min() < last.getAsLong());
  }

  /**
   * Whether a root can have rows in, or be recovered by, files of which the rows have, or may
   * belong to, ids up to this one.
   */
  boolean reachesBackTo(long id, FollowedFile root) {
    if (id == SeenFiles.NOTHING) {
      return false;
    }
    DataFile file = root.data;
    if (file.ids() != null) {
      return file.ids().min() <= id;
    }
    if (file.resourceIds() == null && file.scopeIds() == null) {
      return false;
    }
    DataFile before = table(file.table()).around(file).get(0);
    return before == file || before.ids() != null && before.ids().max() <= id;
  }

  List<SplitPlan> plan(FollowedFile root, long splitSize, ReadOptions options) {
    return SplitPlanner.planGrowing(this, root.data, splitSize, options);
  }

  /**
   * When the records of a root file begin, as {@link SplitPlan#earliest} has it. Where that depends
   * on children, it is found anew only when the partition has grown.
   */
  long earliest(FollowedFile root, ReadOptions options) {
    if (root.data.times() != null) {
      return root.data.times().min();
    }
    if (root.earliestOf != footers) {
      root.earliest = plan(root, Long.MAX_VALUE / 2, options).get(0).earliest();
      root.earliestOf = footers;
    }
    return root.earliest;
  }

  @Override
  public long reach() {
    return SplitPlanner.reach(largestNestedIds.isEmpty() ? 0 : largestNestedIds.largest());
  }

  @Override
  public List<DataFile> around(DataFile root) {
    return table(root.table()).around(root);
  }

  @Override
  public Collection<DataFile> near(DataFile root, IdRange window) {
    Set<DataFile> near = new LinkedHashSet<>();
    tables.forEach(
        (type, table) -> {
          add(near, table.byId().meeting(window));
          add(near, table.byParent().meeting(window));
          if (type.isRoot() && type != root.table()) {
            add(near, table.withoutIds());
          }
        });
    add(near, table(PayloadType.RESOURCE_ATTRS).byParent().meeting(root.resourceIds()));
    add(near, table(PayloadType.SCOPE_ATTRS).byParent().meeting(root.scopeIds()));
    for (PayloadType type : PayloadType.of(Signal.ofRoot(root.table()))) {
      if (type.level() >= 2) {
        List<DataFile> parents = near.stream().filter(f -> f.table() == type.parent()).toList();
        parents.forEach(parent -> add(near, table(type).byParent().meeting(parent.ids())));
      }
    }
    return near;
  }

  private static void add(Collection<DataFile> to, Collection<FollowedFile> files) {
    files.forEach(file -> to.add(file.data));
  }

  /** Files that nothing can need any more. They are no longer followed. */
  List<FollowedFile> retire() {
    if (!arrived.isEmpty()) {
      return List.of();
    }
    long floor = floor();
    List<FollowedFile> done = new ArrayList<>(empty);
    tables.forEach(
        (type, table) -> {
          if (!type.isRoot()) {
            done.addAll(table.below(floor));
            return;
          }
          table.byId().below(floor).stream().filter(f -> f.stage != null).forEach(done::add);
          table.withoutIds().stream()
              .filter(f -> f.stage != null && table.hasReleasedAfter(f))
              .forEach(done::add);
        });
    done.forEach(this::drop);
    if (!done.isEmpty()) {
      forgetful = true;
      forgottenBelow = Math.max(forgottenBelow, floor);
    }
    return done;
  }

  /**
   * No file that is still to come needs what lies below this id: the smallest window of recovery of
   * the next root of each signal. Nothing is known to be done while there is no root, or none of a
   * signal that has children already.
   */
  private long floor() {
    if (unread.stream().anyMatch(f -> f.listed().table().isRoot())) {
      return Long.MIN_VALUE;
    }
    long floor = Long.MAX_VALUE;
    for (Signal signal : Signal.values()) {
      FollowedTable roots = table(signal.root());
      if (roots.isEmpty()) {
        if (hasOwnChildren(signal)) {
          return Long.MIN_VALUE;
        }
        continue;
      }
      OptionalLong last = lastReleased(signal);
      OptionalLong next = roots.beforeWaiting();
      floor = Math.min(floor, last.orElse(Long.MAX_VALUE));
      floor = Math.min(floor, next.orElse(Long.MAX_VALUE));
      if (last.isEmpty() && next.isEmpty()) {
        floor = Math.min(floor, highest());
      }
    }
    return floor == Long.MAX_VALUE ? Long.MIN_VALUE : floor - reach();
  }

  private boolean hasOwnChildren(Signal signal) {
    return PayloadType.of(signal).stream()
        .anyMatch(child -> !child.isShared() && !table(child).isEmpty());
  }

  private long highest() {
    return tables.values().stream().mapToLong(t -> t.highest().orElse(-1)).max().orElse(-1);
  }

  /** The largest id of a signal's released roots; empty if none has ids. */
  private OptionalLong lastReleased(Signal signal) {
    return table(signal.root()).released().largest();
  }

  private FollowedTable table(FollowedFile file) {
    return table(file.data.table());
  }

  private FollowedTable table(PayloadType type) {
    FollowedTable table = tables.get(type);
    return table == null ? NONE : table;
  }
}
