/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.error.OtapException;
import io.otap.core.follow.FollowCounts;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.select.ReadSelection;
import io.otap.core.storage.Storage;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the trees of a bounded source once and cuts them into splits. Slow: not for coordinators.
 */
@Internal
public final class TreeSplits {

  private static final Logger LOG = LoggerFactory.getLogger(TreeSplits.class);

  private final Storage storage;
  private final List<Path> bases;
  private final FollowSettings settings;
  private final CorruptFiles corrupt;
  private final Consumer<OtapException> survived;
  private volatile FollowCounts counts = FollowCounts.NONE;

  /**
   * @param settings what there is of them for trees that do not grow
   * @param survived takes the problems that do not fail the plan
   */
  public TreeSplits(
      Storage storage,
      List<Path> bases,
      FollowSettings settings,
      CorruptFiles corrupt,
      Consumer<OtapException> survived) {
    this.storage = storage;
    this.bases = bases;
    this.settings = settings;
    this.corrupt = corrupt;
    this.survived = survived;
  }

  /** The splits of all trees, oldest first. */
  public List<OtapSplit> plan() throws IOException {
    List<SplitPlan> plans = new ArrayList<>();
    Set<Signal> seen = EnumSet.noneOf(Signal.class);
    Set<Signal> asked = settings.choice().signals();
    Duration minFileAge = settings.rules().minFileAge();
    Set<Signal> signals = asked.isEmpty() ? EnumSet.allOf(Signal.class) : asked;
    ReadSelection selection = settings.read().selection();
    AtomicLong unreadable = new AtomicLong();
    FollowCounts found = FollowCounts.NONE;
    for (Path base : bases) {
      OtapTree tree =
          OtapTree.list(
              storage,
              base.toString(),
              file -> selection.needs(file.table(), signals) && selection.takes(file.partition()),
              problem -> {
                corrupt.leaveOut(problem);
                survived.accept(problem);
                unreadable.incrementAndGet();
              });
      seen.addAll(SplitPlanner.signals(tree));
      warn(tree, signals);
      Set<DataFile> leftOut = new HashSet<>(notChosen(tree));
      Set<DataFile> young = tree.rootsYoungerThan(minFileAge);
      young.forEach(
          file -> LOG.warn("Left out {}: it changed less than {} ago.", file.path(), minFileAge));
      leftOut.addAll(young);
      plans.addAll(
          SplitPlanner.plan(tree, signals, settings.splitSize(), settings.read(), leftOut));
      found = found.plus(counts(tree, leftOut.size(), unreadable.getAndSet(0)));
    }
    counts = found;
    for (Signal signal : asked) {
      if (!seen.contains(signal)) {
        LOG.warn("There are no {} in {}.", signal.id(), bases);
      }
    }
    plans.sort(SplitPlan.OLDEST_FIRST);
    LOG.info("Planned {} splits in {}.", plans.size(), bases);
    return plans.stream().map(OtapSplit::new).toList();
  }

  /** What the last plan was made of; nothing before there is one. */
  public FollowCounts counts() {
    return counts;
  }

  private static FollowCounts counts(OtapTree tree, long leftOut, long unreadable) {
    long partitions = tree.files().stream().map(DataFile::partition).distinct().count();
    return new FollowCounts(
        partitions, tree.files().size(), 0, 0, 0, leftOut, 0, 0, unreadable, 0, 0);
  }

  private List<DataFile> notChosen(OtapTree tree) {
    return tree.files().stream()
        .filter(f -> f.table().isRoot())
        .filter(
            f ->
                !settings
                    .choice()
                    .takes(tree.base(), f, tree.modified().getOrDefault(f.path(), 0L)))
        .toList();
  }

  private static void warn(OtapTree tree, Set<Signal> signals) {
    for (String path : tree.ignored()) {
      LOG.warn("Left out {}: no table, or a file that is still being written.", path);
    }
    for (DataFile file : SplitPlanner.withoutRoots(tree, signals)) {
      LOG.warn(
          "The {} rows of {} are not read: their partition has no file of the rows they belong to.",
          file.rows(),
          file.path());
    }
  }
}
