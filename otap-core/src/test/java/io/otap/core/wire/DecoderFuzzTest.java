/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Broken messages: the documented exception and no other, within the stated memory. {@code
 * -Dotap.fuzz=1000000} tries more inputs than a build does, {@code -Dotap.seed} others.
 */
class DecoderFuzzTest {

  private static final int INPUTS = Integer.getInteger("otap.fuzz", 20_000);
  private static final long SEED = Long.getLong("otap.seed", 1);
  private static final DecoderLimits LIMITS = new DecoderLimits(1 << 20, 4 << 20, 1 << 16, 4 << 20);

  /** What {@link DecoderLimits} says, and something for classes, strings and the exception. */
  private static final long BOUND =
      16 * (LIMITS.messageBytes() + LIMITS.expandedBytes()) + 64L * LIMITS.rows() + (1 << 20);

  /** What reads metadata, and calls zstd. */
  private static final List<Class<?>> READERS =
      List.of(
          IpcMessage.class, SchemaReader.class, PayloadReader.class, Buffers.class, Expander.class);

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long highest;

  @Test
  void mutatedStreams() throws IOException {
    List<RecordedStream> streams = RecordedStream.all();
    List<List<BatchArrowRecords>> messages = new ArrayList<>();
    for (RecordedStream stream : streams) {
      messages.add(stream.messages());
    }
    int broken = 0;
    int sound = 0;
    for (int input = 0; input < INPUTS; input++) {
      long seed = SEED + input;
      Random random = new Random(seed);
      int pick = random.nextInt(streams.size());
      RecordedStream stream = streams.get(pick);
      List<BatchArrowRecords> all = messages.get(pick);
      int last = stream.startsAnew() ? 0 : random.nextInt(Math.min(2, all.size()));
      int mutated = random.nextInt(last + 1);
      OtapStreamDecoder decoder = new OtapStreamDecoder(stream.signal(), LIMITS);
      StreamMutator mutator = new StreamMutator(seed);
      boolean fine = true;
      for (int i = 0; i <= last && fine; i++) {
        BatchArrowRecords message = all.get(i);
        fine = decodes(decoder, i < mutated ? message : mutator.mutate(message), seed);
      }
      if (fine) {
        sound++;
      } else {
        broken++;
      }
    }
    System.out.printf(
        "%,d inputs from seed %d: %,d refused, %,d read; at most %,d bytes for one%n",
        INPUTS, SEED, broken, sound, highest);
    assertThat(broken).isGreaterThan(INPUTS / 4);
    assertThat(sound).isPositive();
  }

  private boolean decodes(OtapStreamDecoder decoder, BatchArrowRecords message, long seed) {
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean fine = true;
    try {
      decoder.decode(message);
    } catch (OtapException e) {
      fine = false;
      if (e.kind() != OtapErrorKind.WIRE || e.getMessage().isBlank()) {
        throw new AssertionError("seed " + seed, e);
      }
      if (!isExpected(e)) {
        throw new AssertionError("seed " + seed, e);
      }
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed, e);
    }
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    highest = Math.max(highest, taken);
    if (taken >= BOUND) {
      throw new AssertionError("seed " + seed + " takes " + taken + " bytes");
    }
    return fine;
  }

  /** Whether another exception comes from metadata that contradict themselves, not from us. */
  private static boolean isExpected(OtapException e) {
    Throwable cause = e;
    while (cause instanceof OtapException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    // Frequent exceptions of the JVM come without a trace.
    return cause instanceof OtapException
        || cause.getStackTrace().length == 0 && cause instanceof IndexOutOfBoundsException
        || Arrays.stream(cause.getStackTrace())
            .filter(f -> f.getClassName().startsWith("io.otap."))
            .findFirst()
            .filter(f -> READERS.stream().anyMatch(c -> c.getName().equals(f.getClassName())))
            .isPresent();
  }
}
