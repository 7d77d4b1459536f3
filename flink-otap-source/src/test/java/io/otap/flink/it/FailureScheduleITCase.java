/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import io.otap.flink.source.slice.OtapSliceTypeInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Failures at random points of source, assembler, sink and commit change nothing: each record comes
 * out once. {@code otap.schedules} says how many schedules, {@code otap.seed} the first seed.
 */
class FailureScheduleITCase {

  private static final String SET = "mixed";
  private static final int MAX_FAILURES = 12;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path temporary;

  private final FailureCount failures = new FailureCount();

  static LongStream seeds() {
    long first = Long.getLong("otap.seed", 1);
    return LongStream.range(first, first + Integer.getInteger("otap.schedules", 12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRecordComesOutOnce(long seed) throws Exception {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int parallelism = 1 + random.nextInt(4);
    boolean rocks = random.nextBoolean();
    boolean unaligned = random.nextBoolean();
    int openSplits = random.nextBoolean() ? 1 : 3;
    FailingSink sink =
        new FailingSink(
            OtlpFileSink.to(TestJobs.flinkPath(temporary.resolve("out"))).build(),
            failures.some(random, 1, 2, 60),
            failures.some(random, 0, 1, 12),
            failures.some(random, 0, 1, 1),
            failures.some(random, 0, 1, 1));
    FailingOnce<OtapSlice> read = failures.some(random, random.nextInt(3), 2, 200);
    FailingOnce<OtapBatch> assembled = failures.some(random, 2 + random.nextInt(6), 2, 60);
    String schedule =
        String.format(
            "seed %d: parallelism %d, open splits %d, %s, %s, %s",
            seed,
            parallelism,
            openSplits,
            rocks ? "rocksdb" : "hashmap",
            unaligned ? "unaligned" : "aligned",
            failures);
    System.out.println(schedule);

    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, parallelism, true, MAX_FAILURES);
    Configuration own = new Configuration();
    own.set(StateBackendOptions.STATE_BACKEND, rocks ? "rocksdb" : "hashmap");
    own.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    own.set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);
    env.configure(own);
    OtapSource<OtapSlice> source =
        OtapSource.forSlices(TestJobs.flinkPath(TestData.parquet(SET)))
            .setOptions(AssemblyITCase.options(SET))
            .setOption(OtapSourceOptions.MAX_OPEN_SPLITS, openSplits)
            .build();
    OtapStreams.assemble(
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "slices")
                .uid(OtapStreams.SOURCE_UID)
                .map(read)
                .returns(OtapSliceTypeInfo.INSTANCE)
                .uid("read"))
        .map(assembled)
        .returns(OtapBatchTypeInfo.INSTANCE)
        .uid("assembled")
        .sinkTo(sink)
        .uid("sink");
    env.execute();
    assertThat(assembled.seen()).as(schedule).isPositive();
    TestJobs.assertResult(
        temporary.resolve("out"), ComparisonProfile.PARQUET, TestData.expected(SET));
  }

  /** Chooses when to fail. */
  private static final class FailureCount {

    private final StringBuilder chosen = new StringBuilder("failures");

    /**
     * @param most failures at most
     * @param bound failures are before this record
     */
    <T> FailingOnce<T> some(Random random, long pauseMillis, int most, int bound) {
      Integer[] numbers =
          random
              .ints(random.nextInt(most + 1), 0, bound)
              .distinct()
              .boxed()
              .toArray(Integer[]::new);
      chosen.append(' ').append(java.util.Arrays.toString(numbers));
      return new FailingOnce<>(pauseMillis, numbers);
    }

    @Override
    public String toString() {
      return chosen.toString();
    }
  }
}
