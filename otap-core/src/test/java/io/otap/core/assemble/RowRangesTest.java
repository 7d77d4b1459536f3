/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges are sets of rows. */
class RowRangesTest {

  @Test
  void unionsAndIntersectionsAreThoseOfSets() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      BitSet a = random(random);
      BitSet b = random(random);
      BitSet both = (BitSet) a.clone();
      both.and(b);
      BitSet either = (BitSet) a.clone();
      either.or(b);
      assertThat(set(ranges(a))).as("seed %d", seed).isEqualTo(a);
      assertThat(set(ranges(a).and(ranges(b)))).as("seed %d", seed).isEqualTo(both);
      assertThat(set(ranges(a).or(ranges(b)))).as("seed %d", seed).isEqualTo(either);
    }
  }

  private static BitSet random(Random random) {
    BitSet set = new BitSet();
    for (int i = random.nextInt(6); i > 0; i--) {
      int from = random.nextInt(40);
      set.set(from, from + random.nextInt(12));
    }
    return set;
  }

  private static RowRanges ranges(BitSet set) {
    RowRanges ranges = new RowRanges();
    set.stream().forEach(row -> ranges.add(row, row + 1));
    return ranges;
  }

  /** Also checks that ranges rise and do not touch. */
  private static BitSet set(RowRanges ranges) {
    BitSet set = new BitSet();
    for (int r = 0; r < ranges.size(); r++) {
      assertThat(ranges.to(r)).isGreaterThan(ranges.from(r));
      assertThat(r == 0 || ranges.from(r) > ranges.to(r - 1)).isTrue();
      set.set((int) ranges.from(r), (int) ranges.to(r));
    }
    return set;
  }
}
