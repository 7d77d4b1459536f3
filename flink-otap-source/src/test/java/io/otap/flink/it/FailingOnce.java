/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Passes records on, slowly, and fails at some of them, each time once: the n-th record of all
 * subtasks and attempts together.
 */
final class FailingOnce<T> implements MapFunction<T, T> {

  private static final long serialVersionUID = 1L;

  private static final Map<String, AtomicInteger> SEEN = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();
  private final long pauseMillis;
  private final Set<Integer> failures;

  FailingOnce(long pauseMillis, Integer... failures) {
    this.pauseMillis = pauseMillis;
    this.failures = Set.of(failures);
  }

  /** Records that were passed on or failed at, by all subtasks and attempts. */
  int seen() {
    return SEEN.getOrDefault(run, new AtomicInteger()).get();
  }

  @Override
  public T map(T record) throws InterruptedException {
    Thread.sleep(pauseMillis);
    int number = SEEN.computeIfAbsent(run, r -> new AtomicInteger()).getAndIncrement();
    if (failures.contains(number)) {
      throw new IllegalStateException("failing as asked, at record " + number);
    }
    return record;
  }
}
