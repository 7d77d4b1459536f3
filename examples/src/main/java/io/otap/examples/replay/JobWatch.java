/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** Waits for the end of a job and tells how far it is. */
final class JobWatch {

  /** How often it is told; counters of a cluster in this process come as often. */
  static final Duration TICK = Duration.ofMillis(500);

  private JobWatch() {}

  /**
   * @param observed whether somebody wants to know
   * @param progress takes what has been read so far, now and then
   */
  static ReplayTotals await(JobClient client, boolean observed, Consumer<ReplayTotals> progress)
      throws Exception {
    CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
    while (true) {
      try {
        return result(observed ? result.get(TICK.toMillis(), TimeUnit.MILLISECONDS) : result.get());
      } catch (TimeoutException stillRunning) {
        try {
          progress.accept(ReplayTotals.of(client.getAccumulators().get(1, TimeUnit.SECONDS)));
        } catch (ExecutionException | TimeoutException notYetOrNotAnyMore) {
          // the next tick may tell
        }
      }
    }
  }

  static ReplayTotals result(JobExecutionResult result) {
    return ReplayTotals.of(result.getAllAccumulatorResults());
  }
}
