/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.otap.core.batch.OtapBatch;
import io.otap.flink.sink.file.OtlpFileSink;
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
import java.util.Locale;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs a whole Flink job for each line of its input, each in an embedded cluster of its own in this
 * JVM, and answers with a line of JSON. So the code is compiled after some rounds; what a cluster
 * and a job take to start is in each. {@code reader OUT} and {@code keyed OUT} make OTLP files of a
 * tree, {@code records} reads records with their attributes and drops them.
 */
public final class JobWorker {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** A streaming job ends with a checkpoint, for which it waits half as long on average. */
  private static final long CHECKPOINT_MILLIS = 100;

  private final String tree;
  private final int parallelism;
  private final MemorySize splitSize;

  private JobWorker(String tree, int parallelism, MemorySize splitSize) {
    this.tree = tree;
    this.parallelism = parallelism;
    this.splitSize = splitSize;
  }

  /**
   * @param args the tree, the parallelism, and {@code source.split-size}
   */
  public static void main(String[] args) throws Exception {
    JobWorker worker = new JobWorker(args[0], Integer.parseInt(args[1]), MemorySize.parse(args[2]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = System.out;
    out.println("jobs: reader OUT, keyed OUT, records");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] request = line.trim().split(" ", 2);
      out.println(worker.run(request[0], request.length == 1 ? null : new Path(request[1])));
    }
  }

  private String run(String job, Path folder) throws Exception {
    long cpu = PROCESS.getProcessCpuTime();
    long wall = System.nanoTime();
    Configuration cluster = new Configuration();
    cluster.set(PipelineOptions.GENERIC_TYPES, false);
    cluster.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, cluster);
    if (job.equals("keyed")) {
      env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
      env.enableCheckpointing(CHECKPOINT_MILLIS);
    } else {
      env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    }
    if (job.equals("records")) {
      records(env).sinkTo(new DiscardingSink<>());
    } else {
      Assembly assembly = Assembly.valueOf(job.toUpperCase(Locale.ROOT));
      OtapStreams.batches(env, options().set(OtapSourceOptions.ASSEMBLY, assembly), new Path(tree))
          .sinkTo(OtlpFileSink.to(folder).setOverwrite(true).build());
    }
    env.execute("benchmark");
    return "{\"seconds\": %.6f, \"cpu\": %.6f}"
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

  private Configuration options() {
    return new Configuration().set(OtapSourceOptions.SPLIT_SIZE, splitSize);
  }
}
