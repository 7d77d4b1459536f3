/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.Fuzzing;
import io.otap.core.MemoryStorage;
import io.otap.core.Mutation;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trees in which one or two files are damaged, from the listing to the bytes of requests. */
@Timeout(3600)
class TreeFuzzTest {

  private static final List<String> SETS =
      List.of("logs-small", "logs-multi", "logs-via-otap", "traces", "metrics", "unpartitioned");

  @Test
  void damagedTreesAreReadOrRefused() throws IOException {
    List<MemoryStorage> trees = new ArrayList<>();
    for (String set : SETS) {
      trees.add(MemoryStorage.of(TestData.parquet(set)));
    }
    new Fuzzing("trees", 512L << 20, 64)
        .run(
            0.1,
            random -> {
              MemoryStorage tree = trees.get(random.nextInt(trees.size())).copy();
              List<String> paths = tree.paths();
              for (int n = 1 + random.nextInt(2); n > 0; n--) {
                String path = paths.get(random.nextInt(paths.size()));
                byte[] sound = tree.get(path);
                if (sound != null) {
                  damage(tree, path, sound, random);
                }
              }
              return read(tree, random);
            });
  }

  /** Pages half of the time: what is in front of the footer gets further. */
  private static void damage(MemoryStorage tree, String path, byte[] sound, Random random) {
    int pages = sound.length / 2;
    switch (random.nextInt(8)) {
      case 0 -> tree.remove(path);
      case 1 -> tree.put(path, Mutation.damage(sound, pages, sound.length, random));
      case 2, 3 -> tree.put(path, Mutation.flip(sound, random));
      default -> {
        byte[] damaged = sound.clone();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
          int at = 4 + random.nextInt(pages);
          damaged[at] =
              random.nextBoolean()
                  ? (byte) random.nextInt(256)
                  : (byte) (damaged[at] ^ 1 << random.nextInt(8));
        }
        tree.put(path, damaged);
      }
    }
  }

  private static long read(MemoryStorage tree, Random random) throws IOException {
    ReadOptions options =
        new ReadOptions(
            1 + random.nextInt(2_000),
            16 << 20,
            RecoveryPolicy.values()[random.nextInt(RecoveryPolicy.values().length)],
            random.nextInt(4) == 0,
            64 << 20);
    OtapTree listed = OtapTree.list(tree, MemoryStorage.BASE);
    SplitMemory memory = new SplitMemory();
    long splitSize = random.nextBoolean() ? Long.MAX_VALUE / 2 : 4_000;
    for (SplitPlan plan :
        SplitPlanner.plan(listed, SplitPlanner.signals(listed), splitSize, options)) {
      try (SplitBatchReader reader = SplitBatchReader.open(tree, plan, 0, memory)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          OtlpEncoder.encode(batch);
        }
      }
    }
    return tree.paths().stream().mapToLong(path -> tree.get(path).length).sum();
  }
}
