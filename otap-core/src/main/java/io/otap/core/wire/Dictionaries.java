/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The dictionaries of one Arrow stream. The vectors are never changed: a batch that was given out
 * may share them.
 */
final class Dictionaries {

  private final DictionaryMemory memory;
  private final Map<Long, Vector> values = new HashMap<>();

  Dictionaries(DictionaryMemory memory) {
    this.memory = memory;
  }

  /** The values of a dictionary; null if none came yet. */
  Vector get(long id) {
    return values.get(id);
  }

  void replace(long id, Vector content) throws OtapException {
    Vector before = values.get(id);
    memory.change(before == null ? 0 : before.bytes(), content.bytes());
    values.put(id, content);
  }

  /** Adds values behind those that are there. */
  void append(long id, Column column, Vector more) throws OtapException {
    Vector before = values.get(id);
    if (before == null) {
      replace(id, more);
    } else if (more.length() > 0) {
      memory.check(before.bytes() + more.bytes());
      replace(id, concatenate(column, before, more));
    }
  }

  /** Gives back what the dictionaries held. */
  void release() {
    for (Vector vector : values.values()) {
      memory.release(vector.bytes());
    }
    values.clear();
  }

  private static Vector concatenate(Column column, Vector before, Vector more) {
    int length = Math.addExact(before.length(), more.length());
    return switch (column.type().storage()) {
      case INTS -> {
        int[] out = Arrays.copyOf(((IntVector) before).values(), length);
        System.arraycopy(((IntVector) more).values(), 0, out, before.length(), more.length());
        yield new IntVector(length, null, out);
      }
      case LONGS -> {
        long[] out = Arrays.copyOf(((LongVector) before).values(), length);
        System.arraycopy(((LongVector) more).values(), 0, out, before.length(), more.length());
        yield new LongVector(length, null, out);
      }
      default -> {
        BinaryVector first = (BinaryVector) before;
        BinaryVector second = (BinaryVector) more;
        int end = first.offsets()[before.length()];
        int[] offsets = Arrays.copyOf(first.offsets(), length + 1);
        for (int i = 1; i <= more.length(); i++) {
          offsets[before.length() + i] = end + second.offsets()[i];
        }
        byte[] data = Arrays.copyOf(first.data(), Math.addExact(end, second.data().length));
        System.arraycopy(second.data(), 0, data, end, second.data().length);
        yield new BinaryVector(length, null, null, offsets, data);
      }
    };
  }
}
