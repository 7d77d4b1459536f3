/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.batch.Recovery;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recorded sets against the answers of the reference, which {@code
 * src/test/python/recovery_oracle.py} makes: ours may decide more, never differently.
 */
class RecoveryGoldenTest {

  private record Answer(long first, long end, Recovery resource, Recovery scope, long offset) {}

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void agreesWithTheReference(String set) throws IOException {
    Map<String, List<Answer>> oracle = oracle(set);
    LocalStorage storage = new LocalStorage();
    OtapTree tree = OtapTree.list(storage, TestData.parquet(set).toString());
    List<SplitPlan> plans =
        SplitPlanner.plan(
            tree, SplitPlanner.signals(tree), Long.MAX_VALUE / 2, ReadOptions.DEFAULT);
    List<String> differences = new ArrayList<>();
    int files = 0;
    for (SplitPlan plan : plans) {
      String partition = plan.root().partition();
      String file =
          plan.root().table().folder()
              + ","
              + (partition.isEmpty() ? "" : "_part_id=" + partition + "/")
              + plan.root().name();
      compare(file, RecoveredRoots.of(storage, plan), oracle.get(file), differences);
      files++;
    }
    assertThat(differences).isEmpty();
    assertThat(files).isEqualTo(oracle.size());
  }

  private static void compare(
      String file, RecoveredRoots ours, List<Answer> oracle, List<String> differences) {
    assertThat(oracle).as(file).isNotNull();
    assertThat(ours.firstRow(ours.runs())).isEqualTo(oracle.get(oracle.size() - 1).end);
    int run = 0;
    for (Answer answer : oracle) {
      for (long row = answer.first; row < answer.end; row++) {
        while (ours.firstRow(run + 1) <= row) {
          run++;
        }
        boolean sure =
            ours.resourceClass(run).compareTo(answer.resource) <= 0
                && ours.scopeClass(run).compareTo(answer.scope) <= 0;
        boolean same =
            ours.offset(run) < 0 || answer.offset < 0 || ours.offset(run) == answer.offset;
        if (!sure || !same) {
          differences.add(
              file
                  + " row "
                  + row
                  + ": "
                  + ours.resourceClass(run)
                  + " "
                  + ours.scopeClass(run)
                  + " "
                  + ours.offset(run)
                  + ", reference "
                  + answer);
        }
      }
    }
  }

  private static Map<String, List<Answer>> oracle(String set) throws IOException {
    Map<String, List<Answer>> answers = new HashMap<>();
    try (InputStream in =
        RecoveryGoldenTest.class.getResourceAsStream("/recovery/" + set + ".csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().skip(1).toList()) {
        String[] f = line.split(",", -1);
        answers
            .computeIfAbsent(f[0] + "," + f[1], k -> new ArrayList<>())
            .add(
                new Answer(
                    Long.parseLong(f[2]),
                    Long.parseLong(f[3]),
                    Recovery.valueOf(f[4]),
                    Recovery.valueOf(f[5]),
                    f[6].isEmpty() ? -1 : Long.parseLong(f[6])));
      }
    }
    return answers;
  }
}
