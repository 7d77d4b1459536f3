/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Files by a range of ids. A search takes the time of the files that it finds, as long as ranges
 * overlap little, as those of an exporter's files do.
 */
final class RangeIndex {

  private final List<DataFile> files;
  private final Function<DataFile, IdRange> range;

  /** Largest id of the files up to each. */
  private final long[] top;

  /**
   * @param range null for a file that is never found
   */
  RangeIndex(Collection<DataFile> files, Function<DataFile, IdRange> range) {
    this.range = range;
    this.files =
        files.stream()
            .filter(file -> range.apply(file) != null)
            .sorted(Comparator.comparingLong(file -> range.apply(file).min()))
            .toList();
    this.top = new long[this.files.size()];
    long largest = Long.MIN_VALUE;
    for (int k = 0; k < top.length; k++) {
      largest = Math.max(largest, range.apply(this.files.get(k)).max());
      top[k] = largest;
    }
  }

  /** The files whose range meets this one. */
  void meeting(IdRange wanted, Consumer<DataFile> found) {
    for (int k = beginningUpTo(wanted.max()) - 1; k >= 0 && top[k] >= wanted.min(); k--) {
      if (wanted.meets(range.apply(files.get(k)))) {
        found.accept(files.get(k));
      }
    }
  }

  /** How many files have a smallest id up to this one. */
  private int beginningUpTo(long id) {
    int lo = 0;
    int hi = files.size();
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (range.apply(files.get(mid)).min() <= id) {
        lo = mid + 1;
      } else {
        hi = mid;
      }
    }
    return lo;
  }
}
