/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/**
 * Where a split's root rows are cut into batches. A cut lies before a row if all ids before it are
 * smaller than all ids from it on; rows without an id are free. So child rows fall to cuts by their
 * parent's id alone. Known before the first child row is read, and a function of the plan.
 *
 * @param rows first row of each cut, and the row behind the last cut
 * @param ids smallest id of each cut, and the id behind the last cut; rows of children fall to cut
 *     k if their root's id is at least {@code ids[k]} and below {@code ids[k + 1]}
 */
@Internal
public record Cuts(long[] rows, long[] ids) {

  /** The number of cuts. */
  public int count() {
    return rows.length - 1;
  }

  /**
   * The cut that an id of a root row falls to: -1 before the first, {@link #count} behind the last.
   */
  int of(long id, int guess) {
    if (guess >= 0 && guess < count() && ids[guess] <= id && id < ids[guess + 1]) {
      return guess;
    }
    if (id < ids[0]) {
      return -1;
    }
    if (id >= ids[count()]) {
      return count();
    }
    int k = Arrays.binarySearch(ids, id);
    if (k < 0) {
      return -k - 2;
    }
    while (ids[k + 1] == id) {
      k++;
    }
    return k;
  }
}
