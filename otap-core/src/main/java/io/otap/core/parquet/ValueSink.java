/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.Vector;
import java.io.IOException;

/**
 * Collects the values of one step into a vector. The type of the file's column is a subclass.
 *
 * <p>A sink that recycles fills the buffers of its last vector again, which spares memory that is
 * looked at once. A buffer is there as soon as a row has a value; without one there is no vector.
 */
abstract class ValueSink {

  /**
   * Starts a vector.
   *
   * @param capacity rows that will come, or an estimate of it before {@link #ensure}
   */
  abstract void begin(int capacity);

  /** Makes room for elements of lists, whose number is not known before. */
  void ensure(int capacity) {
    throw new UnsupportedOperationException(getClass() + " has no lists");
  }

  /**
   * Reads values into the rows from {@code at} on.
   *
   * @param present how many of the rows have a value
   * @param validity which of the rows have one; not looked at if all have
   */
  abstract void append(PageValues values, int at, int rows, int present, long[] validity)
      throws IOException;

  /**
   * The vector.
   *
   * @param firstRow row of the file at which it begins, for messages
   */
  abstract Vector finish(int length, long[] validity, long firstRow) throws IOException;
}
