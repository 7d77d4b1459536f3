/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Which files have been seen, and how far they have come: 17 bytes for each, however long its path;
 * and up to which id the files of each partition were removed. For one thread.
 */
@Internal
public final class SeenFiles {

  /** Takes files in no particular order. */
  @FunctionalInterface
  public interface Visitor<E extends Exception> {
    void file(long high, long low, FileStage stage) throws E;
  }

  /** The largest id in files that were removed, if none was. */
  static final long NOTHING = -1;

  private static final byte EMPTY = -1;
  private static final int LEAST = 16;

  private long[] high;
  private long[] low;
  private byte[] stage;
  private int size;
  private final Map<String, Long> removed;

  public SeenFiles() {
    removed = new HashMap<>();
    allocate(LEAST);
  }

  private SeenFiles(SeenFiles other) {
    high = other.high.clone();
    low = other.low.clone();
    stage = other.stage.clone();
    size = other.size;
    removed = new HashMap<>(other.removed);
  }

  public int size() {
    return size;
  }

  /** The stage of a file; null if it was not seen. */
  public FileStage get(FileKey key) {
    byte found = stage[slot(key.high(), key.low())];
    return found == EMPTY ? null : FileStage.of(found);
  }

  public void put(FileKey key, FileStage to) {
    put(key.high(), key.low(), to);
  }

  /** As {@link #put(FileKey, FileStage)}, by the halves of a key. */
  public void put(long keyHigh, long keyLow, FileStage to) {
    int slot = slot(keyHigh, keyLow);
    if (stage[slot] == EMPTY) {
      if (10L * (size + 1) > 7L * stage.length) {
        resize(2 * stage.length);
        slot = slot(keyHigh, keyLow);
      }
      size++;
      high[slot] = keyHigh;
      low[slot] = keyLow;
    }
    stage[slot] = (byte) to.ordinal();
  }

  /** Forgets a file; listed again, it would be new. */
  public void remove(FileKey key) {
    int hole = slot(key.high(), key.low());
    if (stage[hole] == EMPTY) {
      return;
    }
    size--;
    int mask = stage.length - 1;
    int next = hole;
    while (true) {
      next = next + 1 & mask;
      if (stage[next] == EMPTY) {
        break;
      }
      int home = home(high[next], low[next]);
      if ((next - home & mask) >= (next - hole & mask)) {
        high[hole] = high[next];
        low[hole] = low[next];
        stage[hole] = stage[next];
        hole = next;
      }
    }
    stage[hole] = EMPTY;
    if (stage.length > LEAST && 8L * size < stage.length) {
      resize(stage.length / 2);
    }
  }

  /** Files of a partition were removed, with rows of ids up to this one. */
  public void removed(String partition, long highest) {
    removed.merge(partition, highest, Math::max);
  }

  /**
   * By partition, the largest id that rows of removed files have or may belong to. Partitions of
   * which nothing was removed are not in it.
   */
  public Map<String, Long> removed() {
    return Collections.unmodifiableMap(removed);
  }

  long removed(String partition) {
    return removed.getOrDefault(partition, NOTHING);
  }

  /** No file of a partition is left, and none will come. */
  public void gone(String partition) {
    removed.remove(partition);
  }

  public <E extends Exception> void forEach(Visitor<E> visitor) throws E {
    for (int slot = 0; slot < stage.length; slot++) {
      if (stage[slot] != EMPTY) {
        visitor.file(high[slot], low[slot], FileStage.of(stage[slot]));
      }
    }
  }

  public SeenFiles copy() {
    return new SeenFiles(this);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SeenFiles that) || size != that.size || !removed.equals(that.removed)) {
      return false;
    }
    for (int slot = 0; slot < stage.length; slot++) {
      if (stage[slot] != EMPTY && that.stage[that.slot(high[slot], low[slot])] != stage[slot]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    long sum = size + removed.hashCode();
    for (int slot = 0; slot < stage.length; slot++) {
      sum += stage[slot] == EMPTY ? 0 : high[slot] ^ low[slot] + stage[slot];
    }
    return Long.hashCode(sum);
  }

  @Override
  public String toString() {
    return size + " files seen";
  }

  private void resize(int capacity) {
    SeenFiles old = new SeenFiles(this);
    allocate(capacity);
    size = 0;
    old.forEach(this::put);
  }

  private void allocate(int capacity) {
    high = new long[capacity];
    low = new long[capacity];
    stage = new byte[capacity];
    Arrays.fill(stage, EMPTY);
  }

  private int slot(long keyHigh, long keyLow) {
    int mask = stage.length - 1;
    int slot = home(keyHigh, keyLow);
    while (stage[slot] != EMPTY && (high[slot] != keyHigh || low[slot] != keyLow)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private int home(long keyHigh, long keyLow) {
    long mixed = (keyHigh ^ Long.rotateLeft(keyLow, 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & stage.length - 1;
  }
}
