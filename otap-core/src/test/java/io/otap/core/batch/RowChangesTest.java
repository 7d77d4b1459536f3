/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowChangesTest {

  private static final int SEEDS = 300;

  @Test
  void rowsUpToTheNextThatMayDifferAreEqual() {
    RowChanges changes = new RowChanges();
    int longest = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      PayloadType type = random.nextBoolean() ? PayloadType.LOGS : PayloadType.SPANS;
      OtapTable rows = runs(new RandomBatches(seed).table(type, 1 + random.nextInt(20)), random);
      List<Vector> columns = columns(rows, random);
      changes.reset(rows.rows());
      columns.forEach(changes::add);
      for (int row = 0, next; row < rows.rows(); row = next) {
        next = changes.next(row, rows.rows());
        assertThat(next).as("seed %d", seed).isBetween(row + 1, rows.rows());
        longest = Math.max(longest, next - row);
        for (int same = row + 1; same < next; same++) {
          for (Vector column : columns) {
            assertThat(BatchEquality.value(column, same))
                .as("seed %d row %d", seed, same)
                .isEqualTo(BatchEquality.value(column, row));
          }
        }
      }
    }
    assertThat(longest).isGreaterThan(100);
  }

  @Test
  void equalRowsAreNotToldApart() {
    RowChanges changes = new RowChanges();
    changes.reset(1_000);
    changes.add(new IntVector(1_000, null, new int[1_000]));
    assertThat(changes.next(0, 1_000)).isEqualTo(1_000);
    assertThat(changes.next(0, 777)).isEqualTo(777);
    assertThat(changes.next(500, 1_000)).isEqualTo(1_000);
  }

  /** Each row many times. */
  private static OtapTable runs(OtapTable table, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      for (int n = random.nextInt(200); n > 0; n--) {
        order.add(row);
      }
    }
    return table.gather(order.stream().mapToInt(Integer::intValue).toArray(), 0, order.size());
  }

  private static List<Vector> columns(OtapTable rows, Random random) {
    List<Vector> columns = new ArrayList<>();
    for (Column column : rows.type().columns()) {
      Vector vector = rows.vector(column);
      boolean fits = vector instanceof IntVector || vector instanceof BinaryVector;
      if (fits && random.nextInt(4) == 0) {
        columns.add(vector);
      }
    }
    return columns;
  }
}
