/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.Recovery;
import io.otap.core.model.Signal;
import io.otap.core.recovery.SimulatedSender.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Simulated senders and exporter against the recovery (docs/RECOVERY.md 8 and 9): where the
 * assumptions hold, nothing certain is wrong. A failure names the seed of its world.
 */
class RecoveryPropertyTest {

  private static final List<Kind> SENDERS =
      List.of(Kind.OTLP, Kind.GO, Kind.OTAP_RUST, Kind.BATCH_OTLP, Kind.BATCH_GO, Kind.MIXED);
  private static final List<Kind> ALL_SENDERS =
      List.of(
          Kind.OTLP,
          Kind.GO,
          Kind.OTAP_RUST,
          Kind.BATCH_OTLP,
          Kind.BATCH_GO,
          Kind.MIXED,
          Kind.INSERT);
  private static final Set<Recovery> CERTAIN = EnumSet.range(Recovery.C1, Recovery.C3);

  private final long[] rows = new long[Recovery.values().length];
  private final List<String> wrong = new ArrayList<>();
  private final List<String> unclear = new ArrayList<>();
  private long filled;
  private long filledRight;

  @Test
  void nothingCertainIsWrongWhereTheAssumptionsHold() {
    worlds("A", 150, 2000, SENDERS, false, 0, CERTAIN, 0);
    assertThat(wrong).isEmpty();
  }

  @Test
  void everythingIsCertainWithInsertedAttributes() {
    worlds("E", 80, 2000, List.of(Kind.INSERT), false, 0, CERTAIN, 0, 0.3);
    assertThat(wrong).isEmpty();
    assertThat(unclear).isEmpty();
  }

  @Test
  void nothingCertainIsWrongInTinyBatches() {
    worlds("F", 2000, 60, ALL_SENDERS, true, 0, CERTAIN, 0);
    assertThat(wrong).isEmpty();
  }

  @Test
  void onePossibleOffsetIsRightWithoutAttributesToo() {
    worlds("B", 60, 2000, SENDERS, false, 0, Set.of(Recovery.C1), 0.05, 0.3, 0.7);
    worlds("G", 1000, 60, SENDERS, true, 0, Set.of(Recovery.C1), 0.05, 0.3);
    assertThat(wrong).isEmpty();
  }

  @Test
  void onePossibleOffsetIsRightWithSplitBatchesToo() {
    worlds("D", 60, 2000, List.of(Kind.BATCH_SPLIT), false, 0, Set.of(Recovery.C1), 0);
    assertThat(wrong).isEmpty();
  }

  @Test
  void entriesWithoutRecordsLowerTheClass() {
    worlds("C", 30, 2000, List.of(Kind.OTLP), false, 0.05, Set.of(), 0);
    long certain = 0;
    for (Recovery cls : CERTAIN) {
      certain += rows[cls.ordinal()];
    }
    assertThat(certain).isLessThan(Arrays.stream(rows).sum() / 10);
    assertThat(filledRight).isGreaterThan(filled * 9 / 10);
  }

  private void worlds(
      String name,
      int worlds,
      int minRows,
      List<Kind> senders,
      boolean tiny,
      double emptyEntries,
      Set<Recovery> proven,
      double... withoutAttributes) {
    Arrays.fill(rows, 0);
    filled = 0;
    filledRight = 0;
    for (int k = 0; k < worlds; k++) {
      Kind kind = senders.get(k % senders.size());
      long seed = name.charAt(0) * 1_000_003L + k;
      Random random = new Random(seed * 0x9E3779B97F4A7C15L);
      double share = withoutAttributes[random.nextInt(withoutAttributes.length)];
      SimulatedSender sender = new SimulatedSender(random, kind, share, emptyEntries, tiny);
      SimulatedExporter exporter = new SimulatedExporter(sender).run(minRows);
      check(name + " " + kind + " world " + k, exporter, proven);
    }
    long all = 0;
    for (long n : rows) {
      all += n;
    }
    StringBuilder shares = new StringBuilder(name + ": " + worlds + " worlds, " + all + " rows");
    for (Recovery cls : Recovery.values()) {
      shares.append(String.format(", %s %.1f %%", cls, 100.0 * rows[cls.ordinal()] / all));
    }
    shares.append(
        String.format(", wrong of filled %.0f ppm", 1e6 * (filled - filledRight) / filled));
    System.out.println(shares);
  }

  private void check(String world, SimulatedExporter exporter, Set<Recovery> proven) {
    Evidence evidence = exporter.evidence();
    Decision decision = Decision.of(evidence);
    Map<Integer, String> resources = new HashMap<>();
    Map<Integer, String> scopes = new HashMap<>();
    for (Map.Entry<Signal, List<SimulatedExporter.Truth>> table : exporter.truth.entrySet()) {
      AnswerRuns runs = decision.answers(table.getKey(), 0);
      assertThat(runs.firstRow(runs.size())).isEqualTo(table.getValue().size());
      for (int run = 0; run < runs.size(); run++) {
        String resource =
            resources.computeIfAbsent(
                runs.resourceSet(run), s -> AttributeRows.text(evidence.resources(), s));
        String scope =
            scopes.computeIfAbsent(
                runs.scopeSet(run), s -> AttributeRows.text(evidence.scopes(), s));
        Recovery worse = GapDecoder.worse(runs.resourceClass(run), runs.scopeClass(run));
        for (int row = runs.firstRow(run); row < runs.firstRow(run + 1); row++) {
          SimulatedExporter.Truth truth = table.getValue().get(row);
          boolean resourceRight = resource.equals(truth.resource());
          boolean scopeRight = scope.equals(truth.scope());
          boolean offsetRight = runs.offset(run) < 0 || runs.offset(run) == truth.offset();
          String place = world + " " + table.getKey() + " row " + row;
          if (!resourceRight && proven.contains(runs.resourceClass(run))) {
            wrong.add(place + " resource " + resource + " not " + truth.resource());
          }
          if (!scopeRight && proven.contains(runs.scopeClass(run))) {
            wrong.add(place + " scope " + scope + " not " + truth.scope());
          }
          boolean offsetProven =
              proven.contains(runs.offsetClass(run)) && runs.offsetClass(run) != Recovery.C3;
          if (!offsetRight && offsetProven) {
            wrong.add(place + " offset " + runs.offset(run) + " not " + truth.offset());
          }
          if (worse.compareTo(Recovery.C2) > 0) {
            unclear.add(place + " " + worse);
          }
          rows[worse.ordinal()]++;
          filled += worse != Recovery.N ? 1 : 0;
          filledRight += worse != Recovery.N && resourceRight && scopeRight ? 1 : 0;
        }
      }
    }
  }
}
