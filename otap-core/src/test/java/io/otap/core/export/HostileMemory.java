/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the hostile shapes ({@code write DIR [SHAPE]}), reads one and prints the largest memory in
 * use after collections that a second thread asks for all the time ({@code read DIR SHAPE}), or
 * compares what a job made of one with what was written ({@code check SHAPE DIR}).
 */
public final class HostileMemory {

  private HostileMemory() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("check")) {
      check(HostileShape.valueOf(args[1]), Path.of(args[2]));
      return;
    }
    Path base = Path.of(args[1]);
    if (args[0].equals("read")) {
      read(base.resolve(args[2]), args[2]);
      return;
    }
    for (HostileShape shape : HostileShape.values()) {
      if (args.length < 3 || args[2].equals(shape.name())) {
        shape.write(
            base.resolve(shape.name()), shape.requests, i -> shape.request(i, HostileShape.SIZE));
      }
    }
  }

  private static void check(HostileShape shape, Path folder) throws IOException {
    RecordSum sent = new RecordSum();
    for (int i = 0; i < shape.requests; i++) {
      sent.add(shape.request(i, HostileShape.SIZE));
    }
    RecordSum received = new RecordSum();
    Signal signal = shape == HostileShape.MANY_POINTS ? Signal.METRICS : Signal.LOGS;
    Parser<? extends MessageLite> parser = OtlpFiles.parser(signal);
    for (Path file : OtlpFiles.files(folder, signal)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        for (MessageLite request = parser.parseDelimitedFrom(in);
            request != null;
            request = parser.parseDelimitedFrom(in)) {
          received.add(request);
        }
      }
    }
    if (!received.toString().equals(sent.toString())) {
      throw new IllegalStateException(folder + " has " + received + ", but there were " + sent);
    }
    System.out.println(sent);
  }

  private static volatile boolean done;
  private static volatile long peak;

  private static void read(Path tree, String name) throws IOException, InterruptedException {
    Thread sampler = new Thread(HostileMemory::sample);
    sampler.start();
    long begin = System.nanoTime();
    long rows = 0;
    int batches = 0;
    long largest = 0;
    String failure = "";
    try {
      LocalStorage storage = new LocalStorage();
      OtapTree listed = OtapTree.list(storage, tree.toString());
      SplitMemory memory = new SplitMemory();
      ReadOptions options = new ReadOptions(8192, 4 << 20, RecoveryPolicy.LIKELY, true, 256 << 20);
      for (SplitPlan plan :
          SplitPlanner.plan(listed, SplitPlanner.signals(listed), 128 << 20, options)) {
        try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0, memory)) {
          for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
            rows += batch.tables().stream().mapToLong(t -> t.rows()).sum();
            largest = Math.max(largest, batch.bytes());
            batches++;
          }
        }
      }
    } catch (IOException e) {
      failure = e.toString();
    } finally {
      done = true;
      sampler.join();
    }
    System.out.printf(
        "%s: %d rows, %d batches, largest %.1f MB, peak %.1f MB, %.1f s %s%n",
        name, rows, batches, largest / 1e6, peak / 1e6, (System.nanoTime() - begin) / 1e9, failure);
  }

  private static void sample() {
    while (!done && !Boolean.getBoolean("otap.unsampled")) {
      System.gc();
      long used = 0;
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
        used += left == null ? 0 : left.getUsed();
      }
      peak = Math.max(peak, used);
    }
  }
}
