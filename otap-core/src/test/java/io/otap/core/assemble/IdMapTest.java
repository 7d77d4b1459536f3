/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.IntVector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many ids are found as each alone is, near together or far apart, up to the largest. */
class IdMapTest {

  @Test
  void manyIdsAreFoundAsEachAlone() throws IdMap.DuplicateId {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      int span = random.nextBoolean() ? 200 : Integer.MAX_VALUE;
      int base = random.nextBoolean() ? -span : random.nextInt();
      Map<Integer, Integer> rows = new HashMap<>();
      while (rows.size() < 100) {
        rows.putIfAbsent(base + random.nextInt(span), rows.size());
      }
      int[] ids = new int[100];
      rows.forEach((id, row) -> ids[row] = id);
      IdMap map = IdMap.of(new IntVector(100, null, ids), null);
      int[] wanted = new int[200];
      int known = 0;
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = random.nextBoolean() ? ids[random.nextInt(100)] : base + random.nextInt();
        known += rows.containsKey(wanted[i]) ? 1 : 0;
      }
      int[] positions = new int[wanted.length];
      assertThat(map.get(new IntVector(wanted.length, null, wanted), positions))
          .as("seed %d", seed)
          .isEqualTo(known);
      for (int i = 0; i < wanted.length; i++) {
        assertThat(positions[i])
            .as("seed %d, id %d", seed, wanted[i])
            .isEqualTo(rows.getOrDefault(wanted[i], IdMap.ABSENT))
            .isEqualTo(map.get(Integer.toUnsignedLong(wanted[i])));
      }
    }
  }

  @Test
  void idsThatCountUpAreFoundAndNoOthers() throws IdMap.DuplicateId {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(100);
      int base = random.nextInt();
      if (Integer.compareUnsigned(base, base + n) > 0) {
        continue;
      }
      int[] ids = IntStream.range(base, base + n).toArray();
      IdMap map = IdMap.of(new IntVector(n, null, ids), null);
      boolean foreign = random.nextBoolean();
      int[] wanted =
          random.ints(200, foreign ? -50 : 0, foreign ? n + 50 : n).map(id -> base + id).toArray();
      int[] positions = new int[wanted.length];
      int found = map.get(new IntVector(wanted.length, null, wanted), positions);
      int known = 0;
      for (int i = 0; i < wanted.length; i++) {
        long row = Integer.toUnsignedLong(wanted[i]) - Integer.toUnsignedLong(base);
        int expected = row >= 0 && row < n ? (int) row : IdMap.ABSENT;
        known += expected == IdMap.ABSENT ? 0 : 1;
        assertThat(positions[i])
            .as("seed %d, id %d", seed, wanted[i])
            .isEqualTo(expected)
            .isEqualTo(map.get(Integer.toUnsignedLong(wanted[i])));
      }
      assertThat(found).as("seed %d", seed).isEqualTo(known);
    }
  }
}
