/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.examples.command.Console;
import io.otap.flink.sink.DiscardingOtapSink;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSourceOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

  /** Bytes of the files from which on an input is large. */
  private static final long LARGE = 1L << 30;

  private static final Duration LARGE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration SMALL_INTERVAL = Duration.ofMillis(250);

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
              return JobWatch.result(client.getJobExecutionResult().get());
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
    } else if (settings.target() instanceof Target.Grpc grpc) {
      batches.sinkTo(grpc.sink(options)).name(grpc.protocol()).uid(grpc.protocol());
    } else {
      batches.sinkTo(new DiscardingOtapSink()).name("null").uid("null");
    }
    JobClient client = env.executeAsync(NAME);
    return cancelOnExit(client, () -> JobWatch.await(client, console.showsProgress(), progress));
  }

  /** The run has no checkpoints, so that all files appear at its end. */
  private static OtapParquetSink parquetSink(Target.Parquet target) throws IOException {
    return OtapParquetSink.to(new Path(target.folder()))
        .setRollingPolicy(RollingPolicy.EVERY_CHECKPOINT)
        .setPartitionColumns(target.partitionColumns())
        .build();
  }

  private DataStream<OtapBatch> batches(StreamExecutionEnvironment env) throws IOException {
    Configuration own = new Configuration(options);
    own.set(OtapSourceOptions.SIGNALS, plan.signals().stream().map(Signal::id).toList());
    return ReplayBatches.of(env, own, from, settings.pace());
  }

  private StreamExecutionEnvironment environment() throws OtapException {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env;
    if (settings.cluster() == null) {
      // Counters come with heartbeats.
      configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, JobWatch.TICK);
      env =
          StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism(), configuration);
    } else {
      env =
          StreamExecutionEnvironment.createRemoteEnvironment(
              settings.cluster().host(), settings.cluster().port(), configuration, JobJars.paths());
      env.setParallelism(settings.parallelism());
    }
    if (options.get(OtapSourceOptions.ASSEMBLY) == Assembly.READER) {
      env.setRuntimeMode(RuntimeExecutionMode.BATCH);
      return env;
    }
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    if (settings.target() instanceof Target.OtlpFile) {
      env.enableCheckpointing(checkpointInterval(plan.bytes()).toMillis());
    }
    if (settings.pace() != null) {
      env.configure(FollowJob.patient());
    }
    return env;
  }

  /**
   * A bounded streaming job waits at its end for one more checkpoint, with which the sink commits:
   * for half an interval on average. A large input does not notice ten seconds and is spared the
   * work; a small one would take many times as long.
   */
  static Duration checkpointInterval(long bytes) {
    return bytes >= LARGE ? LARGE_INTERVAL : SMALL_INTERVAL;
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
