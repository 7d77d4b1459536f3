/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.follow.FileKey;
import io.otap.core.follow.FileStage;
import io.otap.core.follow.FollowRules;
import io.otap.core.follow.SeenFiles;
import io.otap.flink.source.problem.AfterRead;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.storage.FlinkStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.connector.file.src.FileSourceSplitSerializer;
import org.apache.flink.connector.file.src.PendingSplitsCheckpoint;
import org.apache.flink.connector.file.src.PendingSplitsCheckpointSerializer;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs to remember files that were read, beside Flink's own source of files. {@code
 * otap.files} says how many.
 */
class EnumeratorStateSizeTest {

  @Test
  void aFileTakesAFifthOfWhatItTakesInFileSource() throws Exception {
    int count = Integer.getInteger("otap.files", 20_000);
    Random random = new Random(1);
    UUID partition = uuid(random);
    SeenFiles seen = new SeenFiles();
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path =
          "file:/data/telemetry/logs/_part_id=%s/part-%d-%s.parquet"
              .formatted(partition, 1_790_000_000_000L + i, uuid(random));
      seen.put(FileKey.of(path), FileStage.DONE);
      paths.add(new Path(path));
    }
    assertThat(seen.size()).isEqualTo(count);
    long start = System.nanoTime();
    OtapEnumeratorState state =
        new OtapEnumeratorState(true, List.of(), List.of(), Map.of("/data", seen.copy()));
    int ours = OtapEnumeratorStateSerializer.INSTANCE.serialize(state).length;
    long between = System.nanoTime();
    int theirs =
        new PendingSplitsCheckpointSerializer<>(FileSourceSplitSerializer.INSTANCE)
            .serialize(PendingSplitsCheckpoint.fromCollectionSnapshot(List.of(), paths))
            .length;
    long end = System.nanoTime();
    System.out.printf(
        "%d files: %d bytes in %.3f s, FileSource %d bytes in %.3f s%n",
        count, ours, (between - start) / 1e9, theirs, (end - between) / 1e9);
    assertThat(ours).isLessThan(theirs / 5);
  }

  @Test
  void filesThatWeDeletedTakeNothing(@TempDir java.nio.file.Path tree) throws Exception {
    int waves = 10;
    int requests = Integer.getInteger("otap.files", 2_000) / (waves * OneRowFiles.TABLES);
    String base = tree.toUri().toString();
    SeenFiles seen = new SeenFiles();
    Discovery discovery =
        new Discovery(
            new FlinkStorage(),
            Map.of(base, new SeenFiles()),
            true,
            OneRowFiles.followedBy(
                new FollowRules(
                    1, Duration.ZERO, Duration.ZERO, Duration.ofDays(7), Duration.ZERO)),
            CorruptFiles.of("fail"),
            AfterRead.of("delete"),
            problem -> {},
            System::currentTimeMillis);
    long removed = 0;
    for (int wave = 0; wave < waves; wave++) {
      OneRowFiles.write(tree, requests, wave);
      long before;
      do {
        before = removed;
        apply(discovery.discover(Integer.MAX_VALUE, allRead(base, seen)), base, seen);
        Discovery.Found found = discovery.discover(0, allRead(base, seen));
        apply(found, base, seen);
        removed = found.counts().removedFiles();
      } while (removed > before);
    }
    int files = waves * requests * OneRowFiles.TABLES;
    int left = files(tree);
    long start = System.nanoTime();
    int bytes =
        OtapEnumeratorStateSerializer.INSTANCE.serialize(
                new OtapEnumeratorState(true, List.of(), List.of(), Map.of(base, seen.copy())))
            .length;
    long end = System.nanoTime();
    System.out.printf(
        "%d files in %d partitions read, %d deleted, %d left: %d bytes in %.3f s%n",
        files, waves, removed, left, bytes, (end - start) / 1e9);
    assertThat(removed).isEqualTo(files - left);
    assertThat(seen.size()).isEqualTo(left);
    assertThat(bytes).isLessThan(100_000);
  }

  /** No split needs a file, and what was seen is in a checkpoint. */
  private static Discovery.Needed allRead(String base, SeenFiles seen) {
    return new Discovery.Needed(Set.of(), Long.MAX_VALUE, Map.of(base, Map.copyOf(seen.removed())));
  }

  private static void apply(Discovery.Found found, String base, SeenFiles seen) {
    found.changes().get(base).forEach(change -> change.applyTo(seen));
  }

  /** Published ones: the exporter leaves some staged. */
  private static int files(java.nio.file.Path tree) throws IOException {
    try (Stream<java.nio.file.Path> walk = Files.walk(tree)) {
      return (int) walk.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private static UUID uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
