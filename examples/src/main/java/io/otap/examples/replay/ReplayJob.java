/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.flink.sink.DiscardingOtapSink;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.otap.OtapGrpcSink;
import io.otap.flink.sink.otlp.OtlpGrpcSink;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** The Flink job: source, statistics, target. */
final class ReplayJob {

  private static final String NAME = "otap-replay";
  private static final Duration TICK = Duration.ofMillis(500);

  /** A bounded streaming job waits at its end for one more checkpoint. */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(3);

  private final ReplaySettings settings;
  private final Configuration options;
  private final String from;
  private final ReplayPlan plan;

  ReplayJob(ReplaySettings settings, Configuration options, String from, ReplayPlan plan) {
    this.settings = settings;
    this.options = options;
    this.from = from;
    this.plan = plan;
  }

  /**
   * Runs the job to its end.
   *
   * @param progress takes what has been read so far, now and then
   */
  ReplayTotals run(Console console, Consumer<ReplayTotals> progress) throws Exception {
    StreamExecutionEnvironment env = environment();
    DataStream<OtapBatch> batches = batches(env);
    if (settings.target() instanceof Target.Print print) {
      SingleOutputStreamOperator<String> text =
          batches
              .flatMap(new PrintFunction(print.detail()))
              .returns(Types.STRING)
              .name("print")
              .uid("print");
      try (CloseableIterator<String> pieces = text.collectAsync()) {
        JobClient client = env.executeAsync(NAME);
        return cancelOnExit(
            client,
            () -> {
              while (pieces.hasNext()) {
                console.out().print(pieces.next());
                if (console.out().checkError()) {
                  client.cancel();
                  throw OtapException.of(OtapErrorKind.IO, "standard output was closed");
                }
              }
              return result(client.getJobExecutionResult().get());
            });
      }
    }
    if (settings.target() instanceof Target.OtlpFile file) {
      batches
          .sinkTo(
              OtlpFileSink.to(new Path(file.folder())).setOverwrite(settings.overwrite()).build())
          .name("otlp-file")
          .uid("otlp-file");
    } else if (settings.target() instanceof Target.Parquet parquet) {
      batches.sinkTo(parquetSink(parquet)).name("parquet").uid("parquet");
    } else if (settings.target() instanceof Target.OtlpGrpc grpc) {
      batches
          .sinkTo(
              OtlpGrpcSink.forBatches(grpc.endpoint())
                  .setOptions(grpc.sinkOptions(options))
                  .build())
          .name("otlp")
          .uid("otlp");
    } else if (settings.target() instanceof Target.OtapGrpc grpc) {
      batches
          .sinkTo(
              OtapGrpcSink.forBatches(grpc.endpoint())
                  .setOptions(grpc.sinkOptions(options))
                  .build())
          .name("otap")
          .uid("otap");
    } else {
      batches.sinkTo(new DiscardingOtapSink()).name("null").uid("null");
    }
    JobClient client = env.executeAsync(NAME);
    return cancelOnExit(client, () -> await(client, console.showsProgress(), progress));
  }

  /** The run has no checkpoints, so that all files appear at its end. */
  private static OtapParquetSink parquetSink(Target.Parquet target) throws IOException {
    return OtapParquetSink.to(new Path(target.folder()))
        .setRollingPolicy(RollingPolicy.EVERY_CHECKPOINT)
        .setPartitionColumns(target.partitionColumns())
        .build();
  }

  private DataStream<OtapBatch> batches(StreamExecutionEnvironment env) throws OtapException {
    Configuration own = new Configuration(options);
    own.set(OtapSourceOptions.SIGNALS, plan.signals().stream().map(Signal::id).toList());
    return OtapStreams.batches(env, own, new Path(from))
        .map(new ReplayStatistics())
        .returns(OtapBatchTypeInfo.INSTANCE)
        .name("statistics")
        .uid("statistics");
  }

  private StreamExecutionEnvironment environment() throws OtapException {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env;
    if (settings.cluster() == null) {
      // Counters come with heartbeats.
      configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, TICK);
      env =
          StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism(), configuration);
    } else {
      env =
          StreamExecutionEnvironment.createRemoteEnvironment(
              settings.cluster().host(), settings.cluster().port(), configuration, JobJars.paths());
      env.setParallelism(settings.parallelism());
    }
    if (options.get(OtapSourceOptions.ASSEMBLY) != Assembly.KEYED) {
      env.setRuntimeMode(RuntimeExecutionMode.BATCH);
      return env;
    }
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    if (!(settings.target() instanceof Target.Print)
        && !(settings.target() instanceof Target.Parquet)) {
      env.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis());
    }
    return env;
  }

  private static ReplayTotals await(
      JobClient client, boolean observed, Consumer<ReplayTotals> progress) throws Exception {
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

  private static ReplayTotals result(JobExecutionResult result) {
    return ReplayTotals.of(result.getAllAccumulatorResults());
  }

  private interface Waiting {
    ReplayTotals get() throws Exception;
  }

  /** Ctrl-C ends the job, too, and lets it clean up. */
  private static ReplayTotals cancelOnExit(JobClient client, Waiting waiting) throws Exception {
    Thread cancel =
        new Thread(
            () -> {
              try {
                client.cancel().get(CANCEL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
              } catch (Exception e) {
                // the process ends anyway
              }
            });
    Runtime.getRuntime().addShutdownHook(cancel);
    try {
      return waiting.get();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(cancel);
      } catch (IllegalStateException shuttingDown) {
        // the hook runs
      }
    }
  }
}
