/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which batch the rows of a sequence's root tables come from (docs/RECOVERY.md 4): finds
 * chains and gaps, explains them in the order of offsets, and then answers file by file.
 */
@Internal
final class Decision {

  /** Greater than all offsets. */
  private static final long UNBOUNDED = 1L << 40;

  private final Map<Signal, Structure> tables = new EnumMap<>(Signal.class);
  private final Violations broken = new Violations();
  private final KeyOwners resources;
  private final KeyOwners scopes;

  private Decision(Evidence evidence) {
    resources = new KeyOwners(evidence.resources());
    scopes = new KeyOwners(evidence.scopes());
    Zones used = evidence.children().used();
    long endId = used.last(0);
    for (KeyOwners owners : List.of(resources, scopes)) {
      IdList keys = owners.keys();
      endId = keys.size() == 0 ? endId : Math.max(endId, keys.get(keys.size() - 1));
    }
    List<Zones> claims = new ArrayList<>();
    for (Map.Entry<Signal, RootRows> root : evidence.roots().entrySet()) {
      Structure table =
          new StructureFinder(
                  root.getKey(),
                  root.getValue(),
                  evidence.children(),
                  used,
                  resources.keys(),
                  endId + 1,
                  broken)
              .find();
      tables.put(root.getKey(), table);
      claims.add(table.claims());
    }
    if (!evidence.complete()) {
      doubtUnusedIds(used.free(0, endId));
    }
    explain(
        new ChainDecoder(
            evidence.rootIds(), evidence.children(), used, claims, resources, scopes, broken),
        new GapDecoder(claims, resources, scopes, broken, evidence.complete()));
  }

  /** Batches whose files are not there yet may use the keys among ids that occur in no table. */
  private void doubtUnusedIds(Zones unused) {
    for (int z = 0; z < unused.size(); z++) {
      resources.maybe.add(unused.lo(z), unused.hi(z));
      scopes.maybe.add(unused.lo(z), unused.hi(z));
    }
  }

  static Decision of(Evidence evidence) {
    return new Decision(evidence);
  }

  /** Chains by their first id, each followed by the gap on its right. */
  private void explain(ChainDecoder chainDecoder, GapDecoder gapDecoder) {
    List<Chain> chains = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (Structure table : tables.values()) {
      chains.addAll(table.chains());
      gaps.addAll(table.gaps());
    }
    chains.sort(Comparator.comparingLong(chain -> chain.firstId));
    gaps.sort(Comparator.comparingLong(Decision::order).thenComparingInt(gap -> gap.firstRow));
    int next = 0;
    for (int k = 0; k <= chains.size(); k++) {
      long until = k < chains.size() ? chains.get(k).firstId : Long.MAX_VALUE;
      while (next < gaps.size() && order(gaps.get(next)) < until) {
        Gap gap = gaps.get(next++);
        List<Chain> laterChains = chains.subList(k, chains.size());
        List<Gap> laterGaps = gaps.subList(next, gaps.size());
        gapDecoder.decode(gap, tables.get(gap.signal), keys -> reach(laterChains, laterGaps, keys));
      }
      if (k < chains.size()) {
        chainDecoder.decode(chains.get(k), tables.get(chains.get(k).signal).starts());
      }
    }
  }

  /**
   * Whether a batch of these chains or gaps may use one of the keys, which are ascending, though it
   * lies behind the batch's ids (docs/RECOVERY.md 2, F4).
   */
  private static boolean reach(List<Chain> chains, List<Gap> gaps, long[] keys) {
    if (keys.length == 0) {
      return false;
    }
    IdList asked = IdList.of(keys);
    long last = keys[keys.length - 1];
    for (Chain chain : chains) {
      if (chain.firstId > last) {
        break;
      }
      if (asked.anyIn(chain.lastId + 1, chain.lastStart + chain.resources - 1)) {
        return true;
      }
    }
    for (Gap gap : gaps) {
      if (order(gap) > last) {
        break;
      }
      for (int z = 0; z < gap.free.size() && gap.maxResource > 0; z++) {
        if (asked.anyIn(gap.free.lo(z) + 1, gap.free.hi(z) + gap.maxResource)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long order(Gap gap) {
    return gap.left == null ? -1 : gap.left.firstId;
  }

  /** The answers for the rows of a file, which is given by its place in the table. */
  AnswerRuns answers(Signal signal, int file) {
    Structure table = tables.get(signal);
    int from = table.rows().firstRow(file);
    int to = table.rows().endRow(file);
    AnswerRuns runs = new AnswerRuns(from, lowered(table.rows(), from, to));
    RowAnswers answers =
        new RowAnswers(table.rows(), new Settler(resources), new Settler(scopes), runs);
    int gap = 0;
    int chain = 0;
    while (gap < table.gaps().size() || chain < table.chains().size()) {
      boolean gapFirst =
          chain == table.chains().size()
              || gap < table.gaps().size()
                  && table.gaps().get(gap).firstRow < table.chains().get(chain).firstRow;
      if (gapFirst) {
        answers.gap(table.gaps().get(gap++), table.borders(), from, to, UNBOUNDED);
      } else {
        answers.chain(table.chains().get(chain++), from, to);
      }
    }
    return runs.end(to);
  }

  /** What violations of assumptions inside a file's ids leave of each class. */
  private Recovery[] lowered(RootRows rows, int from, int to) {
    long least = Long.MAX_VALUE;
    long most = -1;
    for (int row = from; row < to; row++) {
      if (rows.hasId(row)) {
        least = Math.min(least, rows.id(row));
        most = Math.max(most, rows.id(row));
      }
    }
    boolean none = most < 0;
    Recovery[] lowered = Recovery.values();
    for (int k = 0; k < lowered.length; k++) {
      lowered[k] = broken.lower(lowered[k], none ? 0 : least, none ? Long.MAX_VALUE : most);
    }
    return lowered;
  }
}
