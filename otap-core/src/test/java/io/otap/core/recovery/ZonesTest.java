/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZonesTest {

  @Test
  void joinsIntervalsThatTouchOrOverlap() {
    Zones zones = new Zones();
    zones.add(10, 12);
    zones.add(20, 20);
    zones.add(13, 14);
    zones.add(5, 4);
    assertThat(zones.size()).isEqualTo(2);
    assertThat(zones.lo(0)).isEqualTo(10);
    assertThat(zones.hi(0)).isEqualTo(14);
    zones.add(0, 100);
    assertThat(zones.size()).isEqualTo(1);
    assertThat(zones.last(-1)).isEqualTo(100);
  }

  @Test
  void listsFreeIdsUpToALimit() {
    Zones zones = new Zones();
    zones.add(3, 4);
    zones.add(7, 7);
    assertThat(zones.free(2, 9).ids(10)).containsExactly(2, 5, 6, 8, 9);
    assertThat(zones.free(3, 4).ids(10)).isEmpty();
    assertThat(zones.free(2, 9).ids(4)).isNull();
    assertThat(zones.free(9, 8).ids(4)).isEmpty();
  }

  @Test
  void behavesAsASetOfBits() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Zones a = new Zones();
      Zones b = new Zones();
      BitSet bits = new BitSet();
      for (int k = 0; k < 25; k++) {
        int lo = random.nextInt(120);
        int hi = lo + random.nextInt(6) - 1;
        (random.nextBoolean() ? a : b).add(lo, hi);
        bits.set(lo, Math.max(lo, hi + 1));
      }
      Zones zones = Zones.union(List.of(a, b));
      for (int lo = 0; lo < 130; lo++) {
        assertThat(zones.contains(lo)).as("seed %d id %d", seed, lo).isEqualTo(bits.get(lo));
        boolean starts = bits.get(lo) && (lo == 0 || !bits.get(lo - 1));
        assertThat(zones.startingWith(lo) >= 0).isEqualTo(starts);
        int hi = lo + random.nextInt(9);
        int next = bits.nextSetBit(lo);
        assertThat(zones.hits(lo, hi)).isEqualTo(next >= 0 && next <= hi);
        assertThat(zones.covers(lo, hi)).isEqualTo(bits.nextClearBit(lo) > hi);
        long[] free = zones.free(lo, hi).ids(100);
        assertThat(free).hasSize(hi + 1 - lo - bits.get(lo, hi + 1).cardinality());
        for (long id : free) {
          assertThat(bits.get((int) id)).isFalse();
        }
      }
      for (int k = 1; k < zones.size(); k++) {
        assertThat(zones.lo(k)).isGreaterThan(zones.hi(k - 1) + 1);
      }
    }
  }

  @Test
  void marksCountAndFindRows() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int rows = 1 + random.nextInt(300);
      RowMarks marks = new RowMarks(rows);
      BitSet bits = new BitSet();
      for (int k = random.nextInt(40); k > 0; k--) {
        int row = random.nextInt(rows);
        marks.set(row);
        bits.set(row);
      }
      marks.seal();
      for (int from = 0; from <= rows; from++) {
        int end = from + random.nextInt(rows - from + 1);
        int next = bits.nextSetBit(from);
        assertThat(marks.next(from)).as("seed %d", seed).isEqualTo(next < 0 ? rows : next);
        assertThat(marks.next(from, end)).isEqualTo(next < 0 || next > end ? end : next);
        assertThat(marks.count(from, end)).isEqualTo(bits.get(from, end).cardinality());
      }
    }
  }
}
