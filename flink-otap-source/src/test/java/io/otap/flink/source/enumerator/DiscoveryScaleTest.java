/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.follow.FollowRules;
import io.otap.core.follow.SeenFiles;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import io.otap.flink.source.problem.AfterRead;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.storage.FlinkStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs to discover a partition of many files and to release them bit by bit, beside the
 * listing of Flink's own source of files. {@code otap.files} says how many; a file has one row.
 */
class DiscoveryScaleTest {

  private static final int STEP = 8;

  @TempDir Path tree;

  @Test
  void eachFolderIsListedOnceAndEachFooterReadOnce() throws IOException {
    int batches = Integer.getInteger("otap.files", 1_000) / OneRowFiles.TABLES;
    long written = System.nanoTime();
    OneRowFiles.write(tree, batches, 1);
    long start = System.nanoTime();
    var paths =
        new org.apache.flink.core.fs.Path[] {new org.apache.flink.core.fs.Path(tree.toUri())};
    // By default it takes the folders _part_id=… for hidden ones, and what is staged for data.
    int theirs =
        new NonSplittingRecursiveEnumerator(path -> !path.getName().contains("#"))
            .enumerateSplits(paths, 1)
            .size();
    long listed = System.nanoTime();
    assertThat(theirs).isEqualTo(OneRowFiles.TABLES * batches);

    CountedStorage storage = new CountedStorage();
    Discovery discovery =
        new Discovery(
            storage,
            Map.of(tree.toUri().toString(), new SeenFiles()),
            true,
            OneRowFiles.followedBy(FollowRules.DEFAULT),
            CorruptFiles.of("fail"),
            AfterRead.of("keep"),
            problem -> {},
            System::currentTimeMillis);
    long before = usedHeap();
    long first = System.nanoTime();
    discovery.discover(0, null);
    long discovered = System.nanoTime();
    long held = usedHeap() - before;
    long lists = storage.lists.get();
    assertThat(lists).isEqualTo(2 + 2 * OneRowFiles.TABLES);
    assertThat(storage.opens).hasValue((long) OneRowFiles.TABLES * batches);

    long again = System.nanoTime();
    discovery.discover(0, null);
    long releasing = System.nanoTime();
    assertThat(storage.opens).hasValue((long) OneRowFiles.TABLES * batches);
    Set<String> splits = new HashSet<>();
    for (Discovery.Found found = null; found == null || !found.exhausted(); ) {
      found = discovery.release(STEP);
      found.splits().stream().map(OtapSplit::splitId).forEach(splits::add);
    }
    long end = System.nanoTime();
    assertThat(splits).hasSize(batches);
    assertThat(storage.opens).hasValue((long) OneRowFiles.TABLES * batches);
    System.out.printf(
        Locale.ROOT,
        "%d files written in %.1f s: FileSource lists them in %.2f s; listed with %d requests and"
            + " %d footers read in %.2f s, %d MB of heap; listed again in %.2f s; %d splits"
            + " released %d at a time in %.2f s%n",
        theirs,
        (start - written) / 1e9,
        (listed - start) / 1e9,
        lists,
        storage.opens.get(),
        (discovered - first) / 1e9,
        held >> 20,
        (releasing - again) / 1e9,
        splits.size(),
        STEP,
        (end - releasing) / 1e9);
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static final class CountedStorage implements Storage {

    private final Storage storage = new FlinkStorage();
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong opens = new AtomicLong();

    @Override
    public List<Entry> list(String folder) throws IOException {
      lists.incrementAndGet();
      return storage.list(folder);
    }

    @Override
    public SeekableInput open(String file) throws IOException {
      opens.incrementAndGet();
      return storage.open(file);
    }
  }
}
