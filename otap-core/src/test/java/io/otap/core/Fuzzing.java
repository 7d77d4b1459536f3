/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Runs damaged inputs: each is read, or refused with an error of a kind that a file can cause, and
 * takes bounded time and memory. {@code -Dotap.fuzz=N} sets the number of inputs of all fuzz tests
 * together, {@code -Dotap.fuzz.seed=S} the seed of the first.
 */
public final class Fuzzing {

  /** An input, made from a seed. Returns the number of bytes of the input. */
  @FunctionalInterface
  public interface Input {
    long run(Random random) throws IOException;
  }

  private static final int TOTAL = Integer.getInteger("otap.fuzz", 5_000);
  private static final long FIRST_SEED = Long.getLong("otap.fuzz.seed", 1);
  private static final long LONGEST_NANOS = 20_000_000_000L;

  private static final Set<OtapErrorKind> KINDS =
      Set.of(
          OtapErrorKind.CORRUPT,
          OtapErrorKind.SCHEMA,
          OtapErrorKind.PARTITION,
          OtapErrorKind.RECONSTRUCTION,
          OtapErrorKind.RECOVERY);

  private final String name;
  private final long constant;
  private final int multiple;

  /**
   * @param constant bytes that any input may allocate
   * @param multiple bytes that it may allocate for each of its own, besides
   */
  public Fuzzing(String name, long constant, int multiple) {
    this.name = name;
    this.constant = constant;
    this.multiple = multiple;
  }

  /**
   * @param share part of all inputs
   */
  public void run(double share, Input input) {
    int count = (int) (TOTAL * share);
    Map<OtapErrorKind, Integer> refused = new EnumMap<>(OtapErrorKind.class);
    int read = 0;
    long most = 0;
    long longest = 0;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      long size = 0;
      try {
        size = input.run(new Random(seed));
        read++;
      } catch (OtapException e) {
        assertThat(e.kind()).as("%s, seed %d: %s", name, seed, e).isIn(KINDS);
        refused.merge(e.kind(), 1, Integer::sum);
      } catch (Throwable e) {
        throw new AssertionError(name + ": -Dotap.fuzz.seed=" + seed, e);
      }
      long took = System.nanoTime() - start;
      allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
      assertThat(took).as("%s, nanoseconds of seed %d", name, seed).isLessThan(LONGEST_NANOS);
      assertThat(allocated)
          .as("%s, bytes allocated by seed %d", name, seed)
          .isLessThan(constant + multiple * size);
      most = Math.max(most, allocated);
      longest = Math.max(longest, took);
    }
    System.out.printf(
        "fuzzing %s: seeds %d to %d, %d read, refused %s, at most %d ms and %d kB allocated, %d s%n",
        name,
        FIRST_SEED,
        FIRST_SEED + count - 1,
        read,
        refused,
        longest / 1_000_000,
        most >> 10,
        (System.nanoTime() - begin) / 1_000_000_000);
    assertThat(refused).isNotEmpty();
  }
}
