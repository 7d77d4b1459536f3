/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.error.OtapException;
import io.otap.core.follow.FollowCounts;
import io.otap.core.follow.FollowedTree;
import io.otap.core.follow.SeenChange;
import io.otap.core.follow.SeenFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
   * @param changes by tree
   * @param exhausted whether no further root file could be released
   */
  record Found(
      List<OtapSplit> splits,
      Map<String, List<SeenChange>> changes,
      FollowCounts counts,
      boolean exhausted) {}

  private final Map<String, FollowedTree> trees = new LinkedHashMap<>();
  private final LongSupplier millis;

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
      Consumer<OtapException> survived,
      LongSupplier millis) {
    this.millis = millis;
    FollowedTree.Problems problems =
        new FollowedTree.Problems() {

          @Override
          public void unreadable(OtapException problem) throws OtapException {
            corrupt.leaveOut(problem);
            survived.accept(problem);
          }

          @Override
          public void late(OtapException problem) throws OtapException {
            if (settings.failsOnLate()) {
              throw problem;
            }
            survived.accept(problem);
            LOG.warn("Rows are lost: {}", problem.getMessage());
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

  /** Lists all trees, then releases root files for about so many splits. */
  Found discover(int most) throws IOException {
    for (FollowedTree tree : trees.values()) {
      tree.discover(millis.getAsLong());
    }
    return release(most);
  }

  /** Releases further root files. */
  Found release(int most) {
    List<SplitPlan> plans = new ArrayList<>();
    for (FollowedTree tree : trees.values()) {
      plans.addAll(tree.release(most - plans.size(), millis.getAsLong()));
    }
    Map<String, List<SeenChange>> changes = new LinkedHashMap<>();
    FollowCounts counts = FollowCounts.NONE;
    for (Map.Entry<String, FollowedTree> tree : trees.entrySet()) {
      changes.put(tree.getKey(), tree.getValue().takeChanges());
      counts = counts.plus(tree.getValue().counts());
    }
    return new Found(
        plans.stream().map(OtapSplit::new).toList(), changes, counts, plans.size() < most);
  }
}
