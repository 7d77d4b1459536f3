/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.IntVector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Which cut the rows of a table were routed to, by id, for the children of the table. */
final class RoutedIds {

  static final int UNKNOWN = IdMap.ABSENT;

  private record Chunk(IdMap cuts, long min, long max, int lastCut) {}

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long[] largest = new long[16];
  private Chunk recent;

  RoutedIds() {
    Arrays.fill(largest, -1);
  }

  /**
   * @param cuts cut of each row; negative for a row of no cut, {@link #UNKNOWN} if that may change
   */
  void add(IntVector ids, int[] cuts) throws IdMap.DuplicateId {
    if (ids == null) {
      return;
    }
    long min = Long.MAX_VALUE;
    long max = -1;
    int lastCut = -1;
    for (int i = 0; i < ids.length(); i++) {
      if (!ids.isNull(i)) {
        long id = Integer.toUnsignedLong(ids.get(i));
        min = Math.min(min, id);
        max = Math.max(max, id);
        lastCut = Math.max(lastCut, cuts[i]);
        note(cuts[i], id);
      }
    }
    if (max >= 0) {
      chunks.add(new Chunk(IdMap.of(ids, cuts), min, max, lastCut));
    }
  }

  /** The cut of the row with this id, or {@link #UNKNOWN}. */
  int cut(long id) {
    int cut = recent == null ? UNKNOWN : recent.cuts.get(id);
    if (cut != UNKNOWN) {
      return cut;
    }
    for (Chunk chunk : chunks) {
      if (chunk.min <= id && id <= chunk.max) {
        cut = chunk.cuts.get(id);
        if (cut != UNKNOWN) {
          recent = chunk;
          return cut;
        }
      }
    }
    return UNKNOWN;
  }

  /** Largest id of the cut's rows, or -1. */
  long largest(int cut) {
    return cut < largest.length ? largest[cut] : -1;
  }

  /** Forgets the rows of cuts up to this one. */
  void finished(int cut) {
    chunks.removeIf(chunk -> chunk.lastCut <= cut);
    recent = null;
  }

  private void note(int cut, long id) {
    if (cut < 0) {
      return;
    }
    if (cut >= largest.length) {
      int old = largest.length;
      largest = Arrays.copyOf(largest, Math.max(cut + 1, 2 * old));
      Arrays.fill(largest, old, largest.length, -1);
    }
    largest[cut] = Math.max(largest[cut], id);
  }
}
