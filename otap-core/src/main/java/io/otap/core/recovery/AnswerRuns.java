/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import java.util.Arrays;

/** Answers of a file's rows, rows with equal ones being joined. */
@Internal
final class AnswerRuns {

  private static final int CLASSES = Recovery.values().length;

  private final int base;
  private final Recovery[] lowered;
  private int[] firstRow = new int[16];
  private byte[] classes = new byte[16];
  private int[] resourceSet = new int[16];
  private int[] scopeSet = new int[16];
  private long[] offset = new long[16];
  private int size;

  /**
   * @param base row of the table that is the file's first
   * @param lowered what remains of each class in this file
   */
  AnswerRuns(int base, Recovery[] lowered) {
    this.base = base;
    this.lowered = lowered;
  }

  /** The next row of the table. */
  void add(
      int row,
      Recovery resource,
      int resourceSet,
      Recovery scope,
      int scopeSet,
      Recovery offsetClass,
      long offset) {
    byte code =
        (byte)
            ((lowered[resource.ordinal()].ordinal() * CLASSES + lowered[scope.ordinal()].ordinal())
                    * CLASSES
                + lowered[offsetClass.ordinal()].ordinal());
    int last = size - 1;
    if (last >= 0
        && classes[last] == code
        && this.resourceSet[last] == resourceSet
        && this.scopeSet[last] == scopeSet
        && this.offset[last] == offset) {
      return;
    }
    if (size + 1 == firstRow.length) {
      int capacity = 2 * firstRow.length;
      firstRow = Arrays.copyOf(firstRow, capacity);
      classes = Arrays.copyOf(classes, capacity);
      this.resourceSet = Arrays.copyOf(this.resourceSet, capacity);
      this.scopeSet = Arrays.copyOf(this.scopeSet, capacity);
      this.offset = Arrays.copyOf(this.offset, capacity);
    }
    firstRow[size] = row - base;
    classes[size] = code;
    this.resourceSet[size] = resourceSet;
    this.scopeSet[size] = scopeSet;
    this.offset[size++] = offset;
  }

  /** Ends the last run before a row of the table. */
  AnswerRuns end(int row) {
    firstRow[size] = row - base;
    return this;
  }

  int size() {
    return size;
  }

  int firstRow(int run) {
    return firstRow[run];
  }

  Recovery resourceClass(int run) {
    return Recovery.ofCode(classes[run] / (CLASSES * CLASSES));
  }

  Recovery scopeClass(int run) {
    return Recovery.ofCode(classes[run] / CLASSES % CLASSES);
  }

  Recovery offsetClass(int run) {
    return Recovery.ofCode(classes[run] % CLASSES);
  }

  int resourceSet(int run) {
    return resourceSet[run];
  }

  int scopeSet(int run) {
    return scopeSet[run];
  }

  /** -1 if the row can belong to several batches. */
  long offset(int run) {
    return offset[run];
  }
}
