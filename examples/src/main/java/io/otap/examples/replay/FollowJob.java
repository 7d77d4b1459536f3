/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.examples.resume.Checkpoint;
import io.otap.flink.sink.DiscardingOtapSink;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.source.OtapSourceOptions;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Flink job that follows a folder: like that of a replay, without an end. */
final class FollowJob {

  /** Checkpoints to go back to. */
  static final int RETAINED = 3;

  private static final String NAME = "otap-replay --follow";
  private static final int FAILURES = 3;
  private static final Duration FAILURE_INTERVAL = Duration.ofMinutes(10);
  private static final Duration FAILURE_DELAY = Duration.ofSeconds(2);

  private final ReplaySettings settings;
  private final Configuration options;
  private final String from;
  private final String run;

  /**
   * @param run what names of output carry
   */
  FollowJob(ReplaySettings settings, Configuration options, String from, String run) {
    this.settings = settings;
    this.options = options;
    this.from = from;
    this.run = run;
  }

  /**
   * Starts the job.
   *
   * @param resume the checkpoint to go on from, or null
   */
  JobClient start(Checkpoint resume) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            settings.parallelism(), configuration(resume));
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    Configuration own = new Configuration(options);
    if (!settings.signals().isEmpty()) {
      own.set(OtapSourceOptions.SIGNALS, settings.signals().stream().map(Signal::id).toList());
    }
    attach(ReplayBatches.of(env, own, from, settings.pace()));
    return env.executeAsync(NAME);
  }

  private Configuration configuration(Checkpoint resume) {
    Following follow = settings.following();
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, JobWatch.TICK);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL, FAILURES);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
        FAILURE_INTERVAL);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY, FAILURE_DELAY);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, follow.interval());
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, follow.checkpoints().toUri().toString());
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (settings.pace() != null) {
      configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
      configuration.addAll(patient());
    }
    if (resume != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, resume.folder().toUri().toString());
      configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    }
    return configuration;
  }

  /** A checkpoint that meets a long wait of a pace comes too late; the next one may be in time. */
  static Configuration patient() {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    return configuration;
  }

  private void attach(DataStream<OtapBatch> batches) throws IOException {
    if (settings.target() instanceof Target.OtlpFile file) {
      batches
          .sinkTo(
              OtlpFileSink.to(new Path(file.folder()))
                  .rolling(settings.following().rolling())
                  .setRun(run)
                  .build())
          .name("otlp-file")
          .uid("otlp-file");
    } else if (settings.target() instanceof Target.Parquet parquet) {
      batches
          .sinkTo(
              OtapParquetSink.to(new Path(parquet.folder()))
                  .setRollingPolicy(settings.following().rolling())
                  .setPartitionColumns(parquet.partitionColumns())
                  .setRun(run)
                  .build())
          .name("parquet")
          .uid("parquet");
    } else if (settings.target() instanceof Target.Grpc grpc) {
      batches.sinkTo(grpc.sink(options)).name(grpc.protocol()).uid(grpc.protocol());
    } else if (settings.target() instanceof Target.Print print) {
      batches
          .flatMap(new PrintFunction(print.detail()))
          .returns(Types.STRING)
          .name("print")
          .uid("print")
          .setParallelism(1)
          .sinkTo(new ConsoleSink())
          .name("console")
          .uid("console")
          .setParallelism(1);
    } else if (settings.target() instanceof Target.Discard) {
      batches.sinkTo(new DiscardingOtapSink()).name("null").uid("null");
    } else {
      throw new IllegalStateException("no target that can be followed: " + settings.target());
    }
  }
}
