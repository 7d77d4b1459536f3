/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.otlp.RandomRequests;
import io.otap.core.parquet.WriteCompression;
import io.otap.core.parquet.WriteOptions;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Random worlds: requests, the files they are written to, and how these are read. */
final class Worlds {

  private static final Storage STORAGE = new LocalStorage();

  private Worlds() {}

  /** Seeds of the worlds to test: 50, or as many as {@code otap.worlds} says. */
  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(Long.getLong("otap.worlds", 50));
  }

  static List<MessageLite> requests(Random random) {
    RandomRequests requests = new RandomRequests(random.nextLong());
    List<MessageLite> out = new ArrayList<>();
    int signals = 1 + random.nextInt(7);
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      int signal = random.nextInt(3);
      if ((signals >> signal & 1) != 0) {
        out.add(
            switch (signal) {
              case 0 -> requests.logs();
              case 1 -> requests.traces();
              default -> requests.metrics();
            });
      }
    }
    return out;
  }

  static List<OtapBatch> decode(MessageLite request) throws IOException {
    return OtlpFiles.decode(request);
  }

  static WriteOptions writeOptions(Random random) {
    WriteCompression[] codecs = WriteCompression.values();
    return new WriteOptions(
        codecs[random.nextInt(codecs.length)],
        1 + random.nextInt(4),
        random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(40),
        1 + random.nextInt(random.nextBoolean() ? 10 : 1000),
        random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(500),
        new int[] {0, 50, 1 << 20}[random.nextInt(3)],
        random.nextBoolean());
  }

  /** Reads a tree with splits and batches of random sizes. */
  static List<OtapBatch> replay(Path tree, Random random) throws IOException {
    ReadOptions options =
        new ReadOptions(
            1 + random.nextInt(random.nextBoolean() ? 5 : 500),
            random.nextInt(4) == 0 ? 1000 : 16 << 20,
            random.nextBoolean() ? RecoveryPolicy.STRICT : RecoveryPolicy.LIKELY,
            true,
            256 << 20);
    long splitSize = random.nextBoolean() ? Long.MAX_VALUE / 2 : 200 + random.nextInt(20_000);
    return replay(tree, splitSize, options);
  }

  static List<OtapBatch> replay(Path tree, long splitSize, ReadOptions options) throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    try (Stream<Path> files = Files.walk(tree)) {
      if (files.noneMatch(f -> f.toString().endsWith(".parquet"))) {
        return batches;
      }
    }
    SplitMemory memory = new SplitMemory();
    OtapTree listed = OtapTree.list(STORAGE, tree.toString());
    for (SplitPlan plan :
        SplitPlanner.plan(listed, SplitPlanner.signals(listed), splitSize, options)) {
      try (SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0, memory)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          batches.add(batch);
        }
      }
    }
    return batches;
  }

  static void assertExact(long seed, List<MessageLite> requests, List<OtapBatch> batches)
      throws IOException {
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.EXACT);
    requests.forEach(expected::add);
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.EXACT);
    for (OtapBatch batch : batches) {
      actual.add(batch);
    }
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as("world %d: %s", seed, comparison.difference()).isTrue();
  }
}
