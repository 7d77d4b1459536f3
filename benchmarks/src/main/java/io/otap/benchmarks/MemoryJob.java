/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs one Flink job from a tree to OTLP files in an embedded cluster, {@code reader TREE OUT
 * [KEY=VALUE …]} or {@code keyed TREE OUT [KEY=VALUE …]}, for a process whose memory is looked at.
 * The pairs are options of Flink; those that begin with {@code source.} are of the connector.
 *
 * <p>With {@code -Dotap.sampled=true} a second thread asks for collections as long as the job runs,
 * and the largest heap in use after one is printed. That keeps the heap smaller than it is without,
 * so the process is measured without.
 */
public final class MemoryJob {

  /** Between two collections, so that the job gets on. */
  private static final long PAUSE_MILLIS = 10;

  private static volatile boolean done;
  private static volatile long live;

  private MemoryJob() {}

  public static void main(String[] args) throws Exception {
    Assembly assembly = Assembly.valueOf(args[0].toUpperCase(Locale.ROOT));
    Configuration flink = new Configuration();
    Configuration options = new Configuration();
    for (int i = 3; i < args.length; i++) {
      String[] pair = args[i].split("=", 2);
      (pair[0].startsWith("source.") ? options : flink).setString(pair[0], pair[1]);
    }
    options.set(OtapSourceOptions.ASSEMBLY, assembly);
    Thread sampler = new Thread(MemoryJob::sample, "collections");
    sampler.setDaemon(true);
    if (Boolean.getBoolean("otap.sampled")) {
      sampler.start();
    }
    long begin = System.nanoTime();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    env.setRuntimeMode(
        assembly == Assembly.READER ? RuntimeExecutionMode.BATCH : RuntimeExecutionMode.STREAMING);
    OtapStreams.batches(env, options, new Path(args[1]))
        .sinkTo(OtlpFileSink.to(new Path(args[2])).setOverwrite(true).build());
    env.execute("memory");
    done = true;
    sampler.join();
    System.out.printf(
        Locale.ROOT,
        "{\"seconds\": %.1f, \"live\": %d}%n",
        (System.nanoTime() - begin) / 1e9,
        live);
  }

  private static void sample() {
    while (!done) {
      System.gc();
      long used = 0;
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
        used += left == null ? 0 : left.getUsed();
      }
      live = Math.max(live, used);
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
