/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.otap.core.otlp.OtlpRequest;
import io.otap.receiver.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Makes requests of numbers, and looks at every completed checkpoint whether the receiver has the
 * numbers that passed here before it. Fails now and then.
 */
public final class Marks extends RichMapFunction<Long, OtlpRequest>
    implements CheckpointedFunction, CheckpointListener {

  private static final long serialVersionUID = 1L;

  public static final Queue<String> EARLY = new ConcurrentLinkedQueue<>();
  public static final AtomicInteger COMPLETED = new AtomicInteger();
  public static final AtomicInteger FAILURES = new AtomicInteger();
  private static volatile MemoryStore store;

  private final int failures;
  private transient List<Long> passed;
  private transient Map<Long, List<Long>> atCheckpoint;

  /** Forgets what was, and looks into this store from now on. */
  public static void begin(MemoryStore receiving) {
    EARLY.clear();
    COMPLETED.set(0);
    FAILURES.set(0);
    store = receiving;
  }

  /**
   * @param failures how often to fail in all
   */
  public Marks(int failures) {
    this.failures = failures;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    passed = new ArrayList<>();
    atCheckpoint = new ConcurrentHashMap<>();
  }

  @Override
  public OtlpRequest map(Long number) {
    if (passed.size() == 400 && FAILURES.get() < failures) {
      FAILURES.incrementAndGet();
      throw new IllegalStateException("failing as asked");
    }
    passed.add(number);
    return TestRequests.logs(number, number + 1);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    atCheckpoint.put(context.getCheckpointId(), List.copyOf(passed));
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    COMPLETED.incrementAndGet();
    Set<Long> missing = new HashSet<>(atCheckpoint.get(checkpoint));
    store.requests().forEach(request -> missing.removeAll(TestRequests.numbers(request.bytes())));
    if (!missing.isEmpty()) {
      EARLY.add("checkpoint " + checkpoint + " is complete without " + missing);
    }
  }
}
