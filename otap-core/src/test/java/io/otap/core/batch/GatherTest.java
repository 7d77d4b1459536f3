/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatherTest {

  private static final int SEEDS = 500;

  @Test
  void rowsComeInTheOrderAskedFor() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      PayloadType type = PayloadType.values()[random.nextInt(PayloadType.values().length)];
      OtapTable table = new RandomBatches(seed).table(type, random.nextInt(300));
      int[] order = random.nextBoolean() ? shuffled(table.rows(), random) : any(table, random);
      int from = random.nextInt(order.length / 2 + 1);
      int to = random.nextBoolean() ? order.length : from + random.nextInt(order.length - from + 1);
      OtapTable gathered = table.gather(order, from, to);
      assertThat(gathered.rows()).as("seed %d", seed).isEqualTo(to - from);
      for (Column column : type.columns()) {
        Vector source = table.vector(column);
        for (int row = 0; row < gathered.rows(); row++) {
          assertThat(BatchEquality.value(gathered.vector(column), row))
              .as("seed %d %s %d", seed, column, row)
              .isEqualTo(BatchEquality.value(source, order[from + row]));
        }
      }
    }
  }

  @Test
  void aColumnOfWhichTheRowsAllHaveValuesHasNoNulls() {
    long[] validity = {0b0101};
    IntVector column = new IntVector(4, validity, new int[] {7, 0, 8, 0});
    PayloadType type = PayloadType.LOG_ATTRS;
    Vector[] vectors = new Vector[type.columns().size()];
    vectors[type.parentId().index()] = column;
    OtapTable table = new OtapTable(type, 4, vectors);
    IntVector gathered = (IntVector) table.gather(new int[] {2, 0}, 0, 2).vector(type.parentId());
    assertThat(gathered.hasNulls()).isFalse();
    assertThat(gathered.values()).startsWith(8, 7);
  }

  private static int[] shuffled(int rows, Random random) {
    int[] order = IntStream.range(0, rows).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[other];
      order[other] = row;
    }
    return order;
  }

  /** Some rows several times, others never. */
  private static int[] any(OtapTable table, Random random) {
    int rows = table.rows();
    return random.ints(rows == 0 ? 0 : random.nextInt(2 * rows), 0, Math.max(1, rows)).toArray();
  }
}
