/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;

/**
 * Smallest and largest value of a column of a file.
 *
 * @param min inclusive
 * @param max inclusive
 */
@Internal
public record IdRange(long min, long max) {

  /** Nothing is known. */
  public static final IdRange ALL = new IdRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public boolean meets(long from, long to) {
    return min <= to && from <= max;
  }

  /** Whether a range, which may be null for «no value», meets this one. */
  public boolean meets(IdRange other) {
    return other != null && other.meets(min, max);
  }
}
