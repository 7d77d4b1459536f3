/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.flink.source.split.OtapSplit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.connector.source.ReaderOutput;

/**
 * How far event time may go in a reader: to where its splits begin, and, in a tree that grows, to
 * where anything begins that is known and not read, in whichever reader. Times are nanoseconds
 * since 1970.
 */
final class ReaderEventTime {

  /** By split that is not finished. */
  private final Map<String, Long> begins = new HashMap<>();

  /** What was told, by split. */
  private final Map<String, Long> told = new HashMap<>();

  private final boolean follows;
  private long bound;
  private boolean moved;

  /**
   * @param follows whether the enumerator tells how far it may go; nothing is told before
   */
  ReaderEventTime(boolean follows) {
    this.follows = follows;
    this.bound = follows ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  void add(OtapSplit split) {
    begins.put(split.splitId(), split.plan().earliest());
    moved = true;
  }

  void remove(Collection<String> splits) {
    begins.keySet().removeAll(splits);
    told.keySet().removeAll(splits);
    moved = true;
  }

  void bound(long earliest) {
    bound = Math.max(bound, earliest);
    moved = true;
  }

  /** When what is to be read begins; the largest number if nothing is. */
  long earliest() {
    return begins.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  /** Tells what has changed since this was called last. */
  void tell(ReaderOutput<?> outputs) {
    if (!moved) {
      return;
    }
    moved = false;
    begins.forEach(
        (id, begin) -> {
          long earliest = Math.min(begin, bound);
          if (!Objects.equals(told.put(id, earliest), earliest)) {
            tell(outputs.createOutputForSplit(id), earliest);
          }
        });
    if (begins.isEmpty() && follows) {
      tell(outputs, bound);
    }
  }

  /** A split without times holds event time back, as its output has no watermark. */
  private static void tell(WatermarkOutput output, long earliest) {
    if (earliest != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(Math.floorDiv(earliest, 1_000_000L) - 1));
    }
  }
}
