/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.otap.core.batch.OtapBatch;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Runs a whole Flink job for each line of its input, one after the other in an embedded cluster
 * that stays, and answers with a line of JSON. So the code is compiled after some rounds; what a
 * job takes to start is in each. {@code reader OUT} and {@code keyed OUT} make an OTLP file of a
 * tree's signal, {@code rolling-reader OUT} and {@code rolling-keyed OUT} a file or more for each
 * writer, {@code records} reads records with their attributes and drops them.
 */
public final class JobWorker {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** As {@code bin/otap-replay} has them for small trees. */
  private static final long CHECKPOINT_MILLIS = 250;

  private static final Duration LONGER_THAN_IT_IS_STOPPED = Duration.ofHours(1);

  private static final String ROLLING = "rolling-";

  private final MiniCluster cluster;
  private final String tree;
  private final int parallelism;
  private final MemorySize splitSize;

  private JobWorker(MiniCluster cluster, String tree, int parallelism, MemorySize splitSize) {
    this.cluster = cluster;
    this.tree = tree;
    this.parallelism = parallelism;
    this.splitSize = splitSize;
  }

  /**
   * @param args the tree, the parallelism, {@code source.split-size}, and options of the cluster as
   *     KEY=VALUE
   */
  public static void main(String[] args) throws Exception {
    int parallelism = Integer.parseInt(args[1]);
    Configuration options =
        new Configuration()
            .set(RestOptions.BIND_PORT, "0")
            .set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, LONGER_THAN_IT_IS_STOPPED);
    for (int i = 3; i < args.length; i++) {
      String[] pair = args[i].split("=", 2);
      options.setString(pair[0], pair[1]);
    }
    try (MiniCluster cluster = new MiniCluster(oneTaskManager(parallelism, options))) {
      cluster.start();
      JobWorker worker = new JobWorker(cluster, args[0], parallelism, MemorySize.parse(args[2]));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      PrintStream out = System.out;
      out.println("{\"jobs\": \"reader, keyed, rolling-reader, rolling-keyed, records\"}");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] request = line.trim().split(" ", 2);
        out.println(worker.run(request[0], request.length == 1 ? null : new Path(request[1])));
      }
    }
  }

  private static MiniClusterConfiguration oneTaskManager(int slots, Configuration options) {
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(options)
        .setNumSlotsPerTaskManager(slots)
        .build();
  }

  private String run(String job, Path folder) throws Exception {
    if (folder != null) {
      folder.getFileSystem().delete(folder, true);
    }
    long cpu = PROCESS.getProcessCpuTime();
    long wall = System.nanoTime();
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    env.setParallelism(parallelism);
    if (job.endsWith("keyed")) {
      env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
      env.enableCheckpointing(CHECKPOINT_MILLIS);
    } else {
      env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    }
    if (job.equals("records")) {
      records(env).sinkTo(new DiscardingSink<>());
    } else {
      boolean rolling = job.startsWith(ROLLING);
      String assembly = rolling ? job.substring(ROLLING.length()) : job;
      OtapStreams.batches(env, options(assembly), new Path(tree))
          .sinkTo(
              rolling
                  ? OtlpFileSink.to(folder).rolling(RollingPolicy.DEFAULT).build()
                  : OtlpFileSink.to(folder).build());
    }
    StreamGraph graph = env.getStreamGraph();
    graph.setJobId(JobID.generate());
    cluster.submitJob(graph).get();
    cluster
        .requestJobResult(graph.getJobID())
        .get()
        .toJobExecutionResult(JobWorker.class.getClassLoader());
    return "{\"seconds\": %.6f, \"cpu\": %.6f, \"process\": true}"
        .formatted((System.nanoTime() - wall) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
  }

  private DataStream<OtapBatch> records(StreamExecutionEnvironment env) throws IOException {
    OtapSource<OtapBatch> source =
        OtapSource.forBatches(new Path(tree))
            .setOptions(options())
            .setSelection(new BenchTree(tree).recordsWithAttributes())
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "records");
  }

  private Configuration options(String assembly) {
    return options()
        .set(OtapSourceOptions.ASSEMBLY, Assembly.valueOf(assembly.toUpperCase(Locale.ROOT)));
  }

  private Configuration options() {
    return new Configuration().set(OtapSourceOptions.SPLIT_SIZE, splitSize);
  }
}
