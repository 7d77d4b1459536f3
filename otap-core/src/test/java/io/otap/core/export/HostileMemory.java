/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;

/**
 * Writes the hostile shapes ({@code write DIR [SHAPE]}), or reads one and prints the largest memory
 * in use after collections that a second thread asks for all the time ({@code read DIR SHAPE}).
 */
public final class HostileMemory {

  private static final int SIZE = 1_000_000;

  private HostileMemory() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path base = Path.of(args[1]);
    if (args[0].equals("read")) {
      read(base.resolve(args[2]), args[2]);
      return;
    }
    for (HostileShape shape : HostileShape.values()) {
      if (args.length < 3 || args[2].equals(shape.name())) {
        shape.write(base.resolve(shape.name()), shape.requests, i -> shape.request(i, SIZE));
      }
    }
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
      ReadOptions options = new ReadOptions(8192, 16 << 20, RecoveryPolicy.LIKELY, true, 256 << 20);
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
