/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.FooterScan;
import io.otap.core.scan.ListedFile;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.TreeListing;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tree that an exporter is still writing: finds its new files, reads each footer once, and
 * releases root files when the children that belong to them are there. For one thread.
 *
 * <p>What has been seen is kept: by a listing that fails half-way, and when a later listing leaves
 * it out.
 */
@Internal
public final class FollowedTree {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedTree.class);

  private static final Set<Signal> ALL_SIGNALS = Set.of(Signal.values());

  /** What is done with what cannot be read or comes too late. */
  public interface Problems {

    /**
     * A file is corrupt, does not fit the model, or is not given out by the storage. It is left
     * out, unless this throws; a later call may read it then.
     *
     * @param problem names the file
     */
    void unreadable(OtapException problem) throws OtapException;

    /**
     * A file of child rows appears after root files with its ids were released. No batch will have
     * its rows, unless this throws.
     *
     * @param problem names the files
     * @return whether the rows are to be read all the same ({@link #takeLate})
     */
    boolean late(OtapException problem) throws OtapException;

    /**
     * A root file appears after files that its batches may need were removed. It is left out,
     * unless this throws.
     *
     * @param problem names the file
     */
    void withoutChildren(OtapException problem) throws OtapException;
  }

  /** A file as it is listed, with its key: a hash, made once for each listing. */
  private record Listed(FileKey key, ListedFile file) {}

  private record Candidate(FollowedPartition partition, FollowedFile root, long earliest) {}

  /** As {@link SplitPlan#OLDEST_FIRST}. */
  private static final Comparator<Candidate> OLDEST_FIRST =
      Comparator.comparingLong(Candidate::earliest)
          .thenComparing(candidate -> candidate.root.data.name())
          .thenComparing(candidate -> candidate.root.data.path());

  private final Storage storage;
  private final String base;
  private final RootChoice choice;
  private final FollowRules rules;
  private final long splitSize;
  private final ReadOptions options;
  private final Problems problems;

  private final SeenFiles seen;
  private final SpentFiles spent = new SpentFiles();
  private final Map<FileKey, Long> absentSince = new HashMap<>();
  private final Map<String, Long> partitionAbsentSince = new HashMap<>();
  private final Map<String, FollowedPartition> partitions = new HashMap<>();
  private final Set<String> exporters = new HashSet<>();
  private final List<SeenChange> changes = new ArrayList<>();
  private final List<SplitPlan> late = new ArrayList<>();
  private final Set<String> ignored = new HashSet<>();
  private boolean skipsExisting;

  /** Null if they are to be found anew. */
  private List<Candidate> candidates;

  private long listings;
  private long releasedRoots;
  private long leftOutRoots;
  private long unproven;
  private long lateChildren;
  private long unreadable;
  private long forgotten;
  private long removed;

  /**
   * @param choice the root files to read; their children follow
   * @param splitSize bytes of a root file's rows in one split
   * @param seen what earlier runs have seen; owned by this object from now on
   * @param skipsExisting whether root files of the first listing are left out
   */
  public FollowedTree(
      Storage storage,
      String base,
      RootChoice choice,
      FollowRules rules,
      long splitSize,
      ReadOptions options,
      Problems problems,
      SeenFiles seen,
      boolean skipsExisting) {
    this.storage = storage;
    this.base = base;
    this.choice = choice;
    this.rules = rules;
    this.splitSize = splitSize;
    this.options = options;
    this.problems = problems;
    this.seen = seen;
    this.skipsExisting = skipsExisting;
  }

  /**
   * Lists the tree and reads new footers.
   *
   * @param now milliseconds since 1970 of a clock that does not jump
   * @throws IOException if the listing or a footer cannot be read; a later call may succeed
   */
  public void discover(long now) throws IOException {
    candidates = null;
    TreeListing listing = TreeListing.pending(storage, base);
    List<Listed> listed;
    try {
      listing.growing();
    } finally {
      listed = keyed(listing.files().stream().filter(this::follows).toList());
      offer(listed, now);
    }
    listings++;
    ignore(listing.ignored());
    readFooters(now);
    recall(listed, now);
    place();
    skipsExisting = false;
    retire(now);
    if (rules.removesFiles()) {
      spend(listed, now);
    }
    forgetAbsent(listed, now);
  }

  /**
   * Releases root files, oldest first.
   *
   * @param most no further file is released when there are so many splits
   * @throws OtapException if {@link Problems#withoutChildren} throws it
   */
  public List<SplitPlan> release(int most, long now) throws OtapException {
    List<SplitPlan> plans = new ArrayList<>();
    Iterator<Candidate> waiting = candidates().iterator();
    while (plans.size() < most && waiting.hasNext()) {
      Candidate candidate = waiting.next();
      FollowedPartition partition = candidate.partition;
      FollowedFile root = candidate.root;
      if (!partition.isReady(root, rules, listings, now) || partition.needsForgotten(root)) {
        continue;
      }
      if (isWithoutChildren(partition, root)) {
        waiting.remove();
        continue;
      }
      if (!partition.isProven(root, rules, listings)) {
        unproven++;
        LOG.warn(
            "{} is read after {} without proof that all its children are there.",
            root.data.path(),
            rules.lateChildren());
      }
      plans.addAll(partition.plan(root, splitSize, options));
      waiting.remove();
      to(partition, root, FileStage.RELEASED);
      releasedRoots++;
    }
    if (!plans.isEmpty()) {
      retire(now);
    }
    return plans;
  }

  /** Finds out whether children of a root may have been removed, and leaves it out if so. */
  private boolean isWithoutChildren(FollowedPartition partition, FollowedFile root)
      throws OtapException {
    long removedTo = seen.removed(root.data.partition());
    if (!partition.reachesBackTo(removedTo, root)) {
      return false;
    }
    problems.withoutChildren(
        OtapException.of(
                OtapErrorKind.RECONSTRUCTION,
                "the file appeared after source.after-read had removed files of its partition with"
                    + " ids up to "
                    + removedTo
                    + ", which may have held children of its rows; raise source.after-read-delay"
                    + " above the time that the exporter takes to the first file of its rarest"
                    + " signal, or leave the file out with source.on-corrupt and read it with what"
                    + " is in the archive")
            .at(Place.table(root.data.table().folder(), root.data.path())));
    unreadable++;
    root.leftOut = true;
    to(partition, root, FileStage.RELEASED);
    return true;
  }

  /**
   * When the records of the root files begin that are known and not yet released, in nanoseconds
   * since 1970; the largest number if there are none.
   */
  public long earliestWaiting() {
    List<Candidate> waiting = candidates();
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.get(0).earliest();
  }

  /**
   * How to find late rows, as far as this was not asked before. To be taken together with {@link
   * #takeChanges}.
   */
  public List<SplitPlan> takeLate() {
    List<SplitPlan> taken = List.copyOf(late);
    late.clear();
    return taken;
  }

  /** Removes a file from the storage. */
  @FunctionalInterface
  public interface Remover {
    void remove(String path) throws IOException;
  }

  /**
   * Removes files that are done, and forgets them. That the files of a partition are removed up to
   * some id is a change first ({@link #takeChanges}); they are removed by a later call, when no run
   * can begin that does not know it.
   *
   * @param needed whether a split that may still be read, or read again, needs the file at a path
   * @param recorded {@link SeenFiles#removed} as every run knows it that may begin
   */
  public void remove(
      Predicate<String> needed, Map<String, Long> recorded, Remover remover, long now)
      throws IOException {
    if (!rules.removesFiles()) {
      return;
    }
    Predicate<SpentFiles.Spent> stays =
        file -> needed.test(file.path()) || isFollowed(file.partition(), file.key());
    for (SpentFiles.Spent file : spent.removable(stays, now - rules.removeAfter().toMillis())) {
      if (file.reach() > seen.removed(file.partition())) {
        change(new SeenChange.Removed(file.partition(), file.reach()));
      }
      if (file.reach() <= recorded.getOrDefault(file.partition(), SeenFiles.NOTHING)) {
        remover.remove(file.path());
        spent.forget(file.key());
        change(new SeenChange.Forgotten(file.key()));
        removed++;
      }
    }
  }

  private boolean isFollowed(String partition, FileKey key) {
    FollowedPartition followed = partitions.get(partition);
    return followed != null && followed.follows(key);
  }

  /** Root files that wait, oldest first; put in order once for each listing. */
  private List<Candidate> candidates() {
    if (candidates == null) {
      candidates = new LinkedList<>();
      for (FollowedPartition partition : partitions.values()) {
        for (FollowedFile root : partition.waiting()) {
          if (root.data != null) {
            candidates.add(new Candidate(partition, root, partition.earliest(root, options)));
          }
        }
      }
      candidates.sort(OLDEST_FIRST);
    }
    return candidates;
  }

  /** What has changed of the seen files since this was called last. */
  public List<SeenChange> takeChanges() {
    List<SeenChange> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  public FollowCounts counts() {
    return new FollowCounts(
        partitions.size(),
        seen.size(),
        partitions.values().stream().mapToInt(FollowedPartition::size).sum(),
        partitions.values().stream().mapToInt(p -> p.waiting().size()).sum(),
        releasedRoots,
        leftOutRoots,
        unproven,
        lateChildren,
        unreadable,
        forgotten,
        removed);
  }

  private boolean follows(ListedFile file) {
    return follows(file.table())
        && (rules.removesFiles() || options.selection().takes(file.partition()));
  }

  /** Whether the table matters: to what is wanted, or because its files are to be removed. */
  private boolean follows(PayloadType table) {
    Set<Signal> signals = choice.signals().isEmpty() ? ALL_SIGNALS : choice.signals();
    return rules.removesFiles() || options.selection().needs(table, signals);
  }

  private static List<Listed> keyed(List<ListedFile> files) {
    return files.stream().map(file -> new Listed(FileKey.of(file.path()), file)).toList();
  }

  private void offer(List<Listed> files, long now) throws OtapException {
    for (Listed listed : files) {
      FileStage stage = seen.get(listed.key);
      absentSince.remove(listed.key);
      FollowedPartition partition = partition(listed.file);
      if (stage == FileStage.DONE) {
        partition.pass();
      } else {
        partition.offer(listed.key, listed.file, stage, listings + 1, now);
      }
    }
  }

  private FollowedPartition partition(ListedFile file) throws OtapException {
    if (file.partition().isEmpty() && !choice.assumeSingleExporter()) {
      throw OtapException.of(
              OtapErrorKind.PARTITION,
              "the folder is not partitioned by _part_id: files of a second exporter could appear"
                  + " beside it and could not be told apart; let the exporter partition by _part_id,"
                  + " or set source.assume-single-exporter = true if there is only ever one")
          .at(Place.file(file.path()));
    }
    return partitions.computeIfAbsent(file.partition(), p -> new FollowedPartition(this::follows));
  }

  /** Tells once of each, for as long as it is there. */
  private void ignore(List<String> paths) {
    ignored.retainAll(Set.copyOf(paths));
    for (String path : paths) {
      if (!path.contains(".parquet#") && ignored.add(path)) {
        LOG.warn("Left out {}: it is no table and no Parquet file.", path);
      }
    }
  }

  private void readFooters(long now) throws IOException {
    for (FollowedPartition partition : partitions.values()) {
      List<FollowedFile> unread = partition.unread(rules, now);
      List<FooterScan.Outcome> outcomes =
          FooterScan.readEach(storage, unread.stream().map(FollowedFile::listed).toList());
      for (int k = 0; k < unread.size(); k++) {
        footer(partition, unread.get(k), outcomes.get(k));
      }
    }
  }

  private void footer(FollowedPartition partition, FollowedFile file, FooterScan.Outcome outcome)
      throws OtapException {
    if (outcome.problem() != null) {
      if (outcome.problem().kind() != OtapErrorKind.MISSING_FILE) {
        problems.unreadable(outcome.problem());
        unreadable++;
        change(file.key, FileStage.DONE);
      }
      partition.drop(file);
      return;
    }
    partition.read(file, outcome.scanned().file());
    requireOneExporter(file, outcome.scanned().exporter());
    boolean root = file.data.table().isRoot();
    file.leftOut =
        root && (skipsExisting || !choice.takes(base, file.data, file.listed().modified()));
    if (file.stage != null || file.data.rows() == 0) {
      return;
    }
    if (file.leftOut) {
      leftOutRoots++;
      to(partition, file, FileStage.RELEASED);
    }
  }

  private void requireOneExporter(FollowedFile file, String exporter) throws OtapException {
    if (file.data.partition().isEmpty()
        && exporter != null
        && exporters.add(exporter)
        && exporters.size() > 1) {
      throw OtapException.of(
              OtapErrorKind.PARTITION,
              "the file is of another exporter than those before, in a folder without _part_id,"
                  + " so their child rows cannot be told apart; let the exporter partition by"
                  + " _part_id")
          .at(Place.file(file.data.path()));
    }
  }

  /** Finds out which of the child files that have appeared come too late. */
  private void place() throws OtapException {
    for (FollowedPartition partition : partitions.values()) {
      for (FollowedFile child : partition.arrived()) {
        checkLate(partition, child);
        to(partition, child, FileStage.KNOWN);
      }
    }
  }

  private void checkLate(FollowedPartition partition, FollowedFile child) throws OtapException {
    List<SplitPlan> plans = partition.late(child, options);
    String root =
        Stream.concat(
                partition.releasedBefore(child).stream().map(file -> file.data),
                plans.stream().flatMap(plan -> plan.inputs().stream()))
            .filter(file -> file.table().isRoot())
            .map(DataFile::path)
            .findFirst()
            .orElse(null);
    if (root == null) {
      return;
    }
    OtapException problem =
        OtapException.of(
                OtapErrorKind.RECONSTRUCTION,
                "the file appeared after "
                    + root
                    + " had been read, which its rows belong to; raise"
                    + " source.late-children-timeout or source.release-listings")
            .at(Place.table(child.data.table().folder(), child.data.path()));
    if (problems.late(problem)) {
      late.addAll(plans);
    }
    lateChildren++;
  }

  /** After a restart, what was done before is not followed, but is still to be removed. */
  private void spend(List<Listed> files, long now) throws IOException {
    List<Listed> unknown =
        files.stream()
            .filter(f -> seen.get(f.key) == FileStage.DONE && !spent.knows(f.key))
            .toList();
    List<FooterScan.Outcome> outcomes =
        FooterScan.readEach(storage, unknown.stream().map(Listed::file).toList());
    for (int k = 0; k < unknown.size(); k++) {
      if (outcomes.get(k).problem() == null) {
        spent.add(unknown.get(k).key, outcomes.get(k).scanned().file(), now);
      }
    }
  }

  /**
   * A root file that appears behind later ones needs files that are done for those, and of a child
   * file that comes late its root files are to be found.
   */
  private void recall(List<Listed> files, long now) throws IOException {
    Map<FollowedPartition, Set<PayloadType>> recalled = new HashMap<>();
    for (FollowedPartition partition : partitions.values()) {
      Set<PayloadType> needed = partition.forgottenTables();
      if (!needed.isEmpty()) {
        recalled.put(partition, needed);
      }
    }
    if (recalled.isEmpty()) {
      return;
    }
    for (Listed listed : files) {
      FollowedPartition partition = partitions.get(listed.file.partition());
      Set<PayloadType> needed = recalled.getOrDefault(partition, Set.of());
      if (needed.contains(listed.file.table()) && seen.get(listed.key) == FileStage.DONE) {
        partition.offer(listed.key, listed.file, FileStage.DONE, listings, now);
      }
    }
    readFooters(now);
    recalled.forEach(FollowedPartition::recalled);
  }

  private void retire(long now) {
    for (FollowedPartition partition : partitions.values()) {
      for (FollowedFile done : partition.retire()) {
        change(done.key, FileStage.DONE);
        if (rules.removesFiles()) {
          spent.add(done.key, done.data, now);
        }
      }
    }
  }

  /** Files that were deleted are forgotten in the end, lest the memory of them grow for ever. */
  private void forgetAbsent(List<Listed> files, long now) {
    SeenFiles listed = new SeenFiles();
    files.forEach(file -> listed.put(file.key, FileStage.KNOWN));
    List<FileKey> gone = new ArrayList<>();
    seen.forEach(
        (high, low, stage) -> {
          FileKey key = new FileKey(high, low);
          if (listed.get(key) == null) {
            long since = absentSince.computeIfAbsent(key, k -> now);
            if (now - since >= rules.forgetAfter().toMillis()) {
              gone.add(key);
            }
          }
        });
    for (FileKey key : gone) {
      absentSince.remove(key);
      partitions.values().forEach(partition -> partition.forget(key));
      spent.forget(key);
      change(new SeenChange.Forgotten(key));
      forgotten++;
    }
    forgetAbsentPartitions(files, now);
    partitions.values().removeIf(partition -> partition.size() == 0);
  }

  private void forgetAbsentPartitions(List<Listed> files, long now) {
    Set<String> absent = new HashSet<>(seen.removed().keySet());
    files.forEach(file -> absent.remove(file.file.partition()));
    partitionAbsentSince.keySet().retainAll(absent);
    for (String partition : absent) {
      long since = partitionAbsentSince.computeIfAbsent(partition, p -> now);
      if (now - since >= rules.forgetAfter().toMillis()) {
        partitionAbsentSince.remove(partition);
        change(new SeenChange.Gone(partition));
      }
    }
  }

  private void to(FollowedPartition partition, FollowedFile file, FileStage stage) {
    partition.to(file, stage);
    change(file.key, stage);
  }

  private void change(FileKey key, FileStage stage) {
    if (seen.get(key) != stage) {
      change(new SeenChange.Reached(key, stage));
    }
  }

  private void change(SeenChange change) {
    change.applyTo(seen);
    changes.add(change);
  }
}
