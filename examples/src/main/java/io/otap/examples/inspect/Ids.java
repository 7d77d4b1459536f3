/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import java.util.Arrays;

/** A growing list of ids that can be sorted and searched. */
final class Ids {

  private static final int START = 1024;

  private long[] values = new long[START];
  private int size;

  void add(long id) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = id;
  }

  void sort() {
    Arrays.sort(values, 0, size);
  }

  int size() {
    return size;
  }

  long get(int index) {
    return values[index];
  }

  /** Whether a sorted list has an id. */
  boolean contains(long id) {
    return Arrays.binarySearch(values, 0, size, id) >= 0;
  }
}
