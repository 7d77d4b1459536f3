/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Sums up what stretches of work took: wall time, CPU and memory of this thread, and collections.
 */
final class Measurement {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long wallNanos;
  private long cpuNanos;
  private long allocated;

  /** Work that is measured. */
  interface Work {
    void run() throws IOException;
  }

  void measure(Work work) throws IOException {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = cpu();
    long wall = System.nanoTime();
    work.run();
    wallNanos += System.nanoTime() - wall;
    cpuNanos += cpu() - cpu;
    allocated += THREADS.getCurrentThreadAllocatedBytes() - bytes;
  }

  /** Without the compiler, whose work ends, but with the collections that the work asks for. */
  private static long cpu() {
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      millis += collector.getCollectionTime();
    }
    return THREADS.getCurrentThreadCpuTime() + millis * 1_000_000;
  }

  /** As a line of JSON. */
  String json(long rows, long check) {
    return "{\"seconds\": %.6f, \"cpu\": %.6f, \"rows\": %d, \"allocated\": %d, \"check\": %d}"
        .formatted(wallNanos / 1e9, cpuNanos / 1e9, rows, allocated, check);
  }
}
