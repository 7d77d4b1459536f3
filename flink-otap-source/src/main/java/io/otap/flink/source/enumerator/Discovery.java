/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.follow.FollowCounts;
import io.otap.core.follow.FollowedTree;
import io.otap.core.follow.SeenChange;
import io.otap.core.follow.SeenFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import io.otap.flink.source.problem.AfterRead;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slow part of following trees: listings and footers. For one thread, not the coordinator's.
 */
final class Discovery {

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  /**
   * What a step has found. To be applied whole, or not at all.
   *
   * @param number of the step, from 1
   * @param changes by tree
   * @param unreleased when the root files begin that are not yet released, in nanoseconds since
   *     1970; the largest number if none does
   * @param exhausted whether no further root file could be released
   */
  record Found(
      long number,
      List<OtapSplit> splits,
      Map<String, List<SeenChange>> changes,
      FollowCounts counts,
      long unreleased,
      boolean exhausted) {

    /** The same with further changes behind. */
    Found with(Map<String, List<SeenChange>> further) {
      Map<String, List<SeenChange>> all = new LinkedHashMap<>(changes);
      further.forEach(
          (base, more) ->
              all.merge(base, more, (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
      return new Found(number, splits, all, counts, unreleased, exhausted);
    }
  }

  /**
   * Files that splits need.
   *
   * @param paths of the files that must stay
   * @param number of the last step whose splits are regarded
   * @param removed by tree, {@link SeenFiles#removed} as each checkpoint has it that the job may go
   *     back to
   */
  record Needed(Set<String> paths, long number, Map<String, Map<String, Long>> removed) {}

  private final Map<String, FollowedTree> trees = new LinkedHashMap<>();
  private final LongSupplier millis;
  private final AfterRead afterRead;

  /** Listings that have failed in a row. */
  private int failures;

  /**
   * Paths of the files that splits need, by the step that found them; only if files are removed.
   */
  private final NavigableMap<Long, Set<String>> found = new TreeMap<>();

  private long steps;

  /**
   * @param seen by tree; owned by this object from now on
   * @param first whether this is the first run, which may skip what exists
   * @param survived takes the problems that do not fail a step
   * @param millis milliseconds since 1970 of a clock that does not jump
   */
  Discovery(
      Storage storage,
      Map<String, SeenFiles> seen,
      boolean first,
      FollowSettings settings,
      CorruptFiles corrupt,
      AfterRead afterRead,
      Consumer<OtapException> survived,
      LongSupplier millis) {
    this.millis = millis;
    this.afterRead = afterRead;
    FollowedTree.Problems problems =
        new FollowedTree.Problems() {

          @Override
          public void unreadable(OtapException problem) throws OtapException {
            if (problem.kind() == OtapErrorKind.IO && failures < settings.failures()) {
              throw problem;
            }
            corrupt.leaveOut(problem);
            survived.accept(problem);
          }

          @Override
          public boolean late(OtapException problem) throws OtapException {
            if (settings.failsOnLate()) {
              throw problem;
            }
            survived.accept(problem);
            LOG.warn(
                settings.readsLate() ? "Rows go to the side output: {}" : "Rows are lost: {}",
                problem.getMessage());
            return settings.readsLate();
          }

          @Override
          public void withoutChildren(OtapException problem) throws OtapException {
            corrupt.leaveOutWhole(problem);
            survived.accept(problem);
          }
        };
    seen.forEach(
        (base, files) ->
            trees.put(
                base,
                new FollowedTree(
                    storage,
                    base,
                    settings.choice(),
                    settings.rules(),
                    settings.splitSize(),
                    settings.read(),
                    problems,
                    files,
                    first && settings.skipsExisting())));
  }

  /**
   * Lists all trees, then releases root files for about so many splits.
   *
   * @param needed files that must stay, besides those of splits that were found since; null for all
   */
  Found discover(int most, Needed needed) throws IOException {
    try {
      for (FollowedTree tree : trees.values()) {
        tree.discover(millis.getAsLong());
      }
    } catch (IOException e) {
      failures++;
      throw e;
    }
    failures = 0;
    Found step = release(most);
    if (needed == null || !afterRead.removesFiles()) {
      return step;
    }
    found.headMap(needed.number(), true).clear();
    Set<String> staying = new HashSet<>(needed.paths());
    found.values().forEach(staying::addAll);
    for (Map.Entry<String, FollowedTree> tree : trees.entrySet()) {
      Path base = new Path(tree.getKey());
      tree.getValue()
          .remove(
              staying::contains,
              needed.removed().getOrDefault(tree.getKey(), Map.of()),
              path -> afterRead.remove(base, new Path(path)),
              millis.getAsLong());
    }
    return step.with(changes());
  }

  /** Releases further root files. What is late does not wait for room. */
  Found release(int most) throws OtapException {
    List<SplitPlan> plans = new ArrayList<>();
    List<SplitPlan> late = new ArrayList<>();
    for (FollowedTree tree : trees.values()) {
      plans.addAll(tree.release(most - plans.size(), millis.getAsLong()));
      late.addAll(tree.takeLate());
    }
    List<OtapSplit> splits =
        Stream.concat(late.stream(), plans.stream()).map(OtapSplit::new).toList();
    steps++;
    if (afterRead.removesFiles() && !splits.isEmpty()) {
      Set<String> paths = new HashSet<>();
      splits.forEach(split -> paths.addAll(OpenSplits.neededFiles(split)));
      found.put(steps, paths);
    }
    long unreleased =
        trees.values().stream()
            .mapToLong(FollowedTree::earliestWaiting)
            .min()
            .orElse(Long.MAX_VALUE);
    return new Found(steps, splits, changes(), counts(), unreleased, plans.size() < most);
  }

  private Map<String, List<SeenChange>> changes() {
    Map<String, List<SeenChange>> changes = new LinkedHashMap<>();
    trees.forEach((base, tree) -> changes.put(base, tree.takeChanges()));
    return changes;
  }

  private FollowCounts counts() {
    return trees.values().stream()
        .map(FollowedTree::counts)
        .reduce(FollowCounts.NONE, FollowCounts::plus);
  }
}
