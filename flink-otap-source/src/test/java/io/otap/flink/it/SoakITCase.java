/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that follows a tree for {@code otap.soak-minutes}, as fast as it can, with a checkpoint
 * every second: its heap stays as it is, and no file or thread is left behind.
 */
@EnabledIfSystemProperty(named = "otap.soak-minutes", matches = "\\d+")
class SoakITCase {

  private static final String SET = "mixed";
  private static final int PARTITIONS = 40;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path temporary;

  private record Sample(long heap, long files, long threads) {}

  @Test
  void heapFilesAndThreadsStayAsTheyAre() throws Exception {
    Path tree = Files.createDirectories(temporary.resolve("tree"));
    Path out = temporary.resolve("out");
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 2, true, 0);
    env.enableCheckpointing(1_000);
    Configuration options = new Configuration();
    options.set(OtapSourceOptions.CONTINUOUS, true);
    options.set(OtapSourceOptions.DISCOVERY_INTERVAL, Duration.ofMillis(200));
    options.set(OtapSourceOptions.LATE_CHILDREN_TIMEOUT, Duration.ofSeconds(1));
    options.set(OtapSourceOptions.FORGET_AFTER, Duration.ofSeconds(10));
    OtapStreams.batches(env, options, TestJobs.flinkPath(tree))
        .sinkTo(
            OtlpFileSink.to(TestJobs.flinkPath(out))
                .rolling(RollingPolicy.DEFAULT.withMaxAge(Duration.ofSeconds(10)))
                .build())
        .uid("sink");
    JobClient job = env.executeAsync();
    long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("otap.soak-minutes")).toNanos();
    List<Sample> samples = new ArrayList<>();
    Queue<String> partitions = new ArrayDeque<>();
    long published = 0;
    long removed = 0;
    long nextSample = System.nanoTime();
    while (System.nanoTime() < end) {
      assertThat(job.getJobStatus().get().isTerminalState()).isFalse();
      published++;
      partitions.add(publish(tree));
      if (partitions.size() > PARTITIONS) {
        remove(tree, partitions.remove());
      }
      LockSupport.parkNanos(400_000_000);
      if (System.nanoTime() > nextSample) {
        removed += removeOutput(out);
        samples.add(sample());
        nextSample += Duration.ofSeconds(5).toNanos();
      }
    }
    TestJobs.stop(job, temporary.resolve("savepoints"));
    removed += removeOutput(out);
    List<Sample> first = samples.subList(samples.size() / 10, samples.size() / 3);
    List<Sample> last = samples.subList(2 * samples.size() / 3, samples.size());
    System.out.printf(
        "soak: %d copies of %s, %d output files; median heap %d KiB then %d KiB; files %d then %d;"
            + " threads %d then %d; %d samples%n",
        published,
        SET,
        removed,
        median(first).heap() / 1024,
        median(last).heap() / 1024,
        median(first).files(),
        median(last).files(),
        median(first).threads(),
        median(last).threads(),
        samples.size());
    assertThat(median(last).heap()).isLessThan(median(first).heap() * 110 / 100);
    assertThat(median(last).files()).isLessThan(median(first).files() + 20);
    assertThat(median(last).threads()).isLessThan(median(first).threads() + 10);
  }

  /** A partition of its own, children first. */
  private static String publish(Path tree) throws IOException {
    Path from = TestData.parquet(SET);
    String partition = UUID.randomUUID().toString();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files =
          walk.filter(Files::isRegularFile)
              .sorted(Comparator.comparing(SoakITCase::isRoot))
              .toList();
    }
    for (Path file : files) {
      Path folder =
          tree.resolve(from.relativize(file).getName(0).toString())
              .resolve("_part_id=" + partition);
      Files.createDirectories(folder);
      String name = "part-" + System.currentTimeMillis() + "-" + UUID.randomUUID() + ".parquet";
      Files.copy(file, folder.resolve(name + "#1"));
      Files.move(folder.resolve(name + "#1"), folder.resolve(name));
    }
    return partition;
  }

  private static boolean isRoot(Path file) {
    String table = file.getParent().getParent().getFileName().toString();
    return List.of("logs", "spans", "univariate_metrics").contains(table);
  }

  /** The exporter's old files are removed by whoever keeps its disk free. */
  private static void remove(Path tree, String partition) throws IOException {
    for (String table : TestJobs.names(tree)) {
      Path folder = tree.resolve(table).resolve("_part_id=" + partition);
      for (String file : TestJobs.names(folder)) {
        Files.delete(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    }
  }

  private static long removeOutput(Path out) throws IOException {
    long removed = 0;
    for (String name : TestJobs.names(out)) {
      if (name.endsWith(".binpb")) {
        Files.delete(out.resolve(name));
        removed++;
      }
    }
    return removed;
  }

  private static Sample sample() throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    Path handles = Path.of("/proc/self/fd");
    long files = Files.isDirectory(handles) ? TestJobs.names(handles).size() : 0;
    return new Sample(
        runtime.totalMemory() - runtime.freeMemory(),
        files,
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static Sample median(List<Sample> samples) {
    return new Sample(
        middle(samples.stream().mapToLong(Sample::heap).sorted().toArray()),
        middle(samples.stream().mapToLong(Sample::files).sorted().toArray()),
        middle(samples.stream().mapToLong(Sample::threads).sorted().toArray()));
  }

  private static long middle(long[] sorted) {
    return sorted[sorted.length / 2];
  }
}
