/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.apache.flink.core.execution.SavepointFormatType.CANONICAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.scheduler.stopwithsavepoint.StopWithSavepointStoppingException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** What the jobs of the tests have in common. */
final class TestJobs {

  private TestJobs() {}

  /**
   * @param restarts failures to survive
   */
  static StreamExecutionEnvironment environment(
      RuntimeExecutionMode mode, int parallelism, boolean checkpoints, int restarts) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY, restarts == 0 ? "none" : "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    if (checkpoints) {
      env.enableCheckpointing(20);
      // One that a failing task has swallowed must not hold up the rest for ten minutes.
      env.getCheckpointConfig().setCheckpointTimeout(20_000);
    }
    return env;
  }

  static org.apache.flink.core.fs.Path flinkPath(Path path) {
    return new org.apache.flink.core.fs.Path(path.toUri());
  }

  /** Asserts that the results hold the expected records, and that nothing else lies beside them. */
  static void assertResult(Path folder, ComparisonProfile profile, Path expected, String... ignored)
      throws IOException {
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(profile, ignored).addFolder(expected),
            new OtlpRecords(profile, ignored).addFolder(folder));
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    assertThat(names(folder)).allMatch(name -> name.endsWith(".binpb"));
  }

  /** Stops a job with a savepoint, as soon as all its tasks run. */
  static String stop(JobClient job, Path folder) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      try {
        return job.stopWithSavepoint(false, folder.toUri().toString(), CANONICAL).get();
      } catch (ExecutionException notAllRunning) {
        boolean ended = job.getJobStatus().get().isTerminalState();
        Optional<StopWithSavepointStoppingException> taken =
            ExceptionUtils.findThrowable(notAllRunning, StopWithSavepointStoppingException.class);
        if (ended && taken.isPresent()) {
          // Failed between savepoint and end: what is uncommitted is committed from the savepoint.
          return taken.get().getSavepointPath();
        }
        if (ended || System.nanoTime() > deadline) {
          throw notAllRunning;
        }
        Thread.sleep(20);
      }
    }
  }

  static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
