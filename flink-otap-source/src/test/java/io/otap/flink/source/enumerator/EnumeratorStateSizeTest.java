/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.follow.FileKey;
import io.otap.core.follow.FileStage;
import io.otap.core.follow.SeenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.connector.file.src.FileSourceSplitSerializer;
import org.apache.flink.connector.file.src.PendingSplitsCheckpoint;
import org.apache.flink.connector.file.src.PendingSplitsCheckpointSerializer;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;

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

  private static UUID uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
