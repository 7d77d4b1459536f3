/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows that were appended are those of the tables, one after another. */
class GrowingTableTest {

  private static final int SEEDS = 500;

  private record Appended(OtapTable table, int from, int to) {}

  @Test
  void rowsAreThoseOfTheTables() {
    int widened = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      RandomBatches batches = new RandomBatches(seed);
      PayloadType type = PayloadType.values()[random.nextInt(PayloadType.values().length)];
      GrowingTable growing = new GrowingTable(type, random.nextInt(100));
      List<Appended> expected = new ArrayList<>();
      OtapTable table = batches.table(type, random.nextInt(150));
      for (int i = 0; i < 6; i++) {
        if (random.nextInt(3) == 0) {
          table = batches.table(type, random.nextInt(150));
        }
        int from = random.nextInt(table.rows() + 1);
        int to = from + random.nextInt(table.rows() - from + 1);
        widened += growing.takes(table) ? 0 : 1;
        growing.append(table, from, to);
        expected.add(new Appended(table, from, to));
      }
      long bytes = growing.exclusiveBytes();
      OtapTable rows = growing.table();
      assertThat(rows.rows()).as("seed %d", seed).isEqualTo(growing.rows());
      assertThat(bytes)
          .as("seed %d", seed)
          .isBetween(rows.rows() == 0 ? 0L : 1L, rows.exclusiveBytes());
      assertRows(rows, expected, seed);
    }
    assertThat(widened).isGreaterThan(SEEDS / 4);
  }

  private static void assertRows(OtapTable rows, List<Appended> expected, long seed) {
    int row = 0;
    for (Appended part : expected) {
      for (int k = part.from(); k < part.to(); k++, row++) {
        for (Column column : rows.type().columns()) {
          assertThat(BatchEquality.value(rows.vector(column), row))
              .as("seed %d %s %d", seed, column, row)
              .isEqualTo(BatchEquality.value(part.table().vector(column), k));
        }
      }
    }
    assertThat(rows.rows()).as("seed %d", seed).isEqualTo(row);
  }

  /** As the reader does between two steps. */
  @Test
  void whatWasAppendedMayBeOverwritten() {
    PayloadType type = PayloadType.LOG_ATTRS;
    int[] parents = {1, 2, 3};
    Vector[] vectors = new Vector[type.columns().size()];
    vectors[type.parentId().index()] = new IntVector(3, null, parents);
    OtapTable table = new OtapTable(type, 3, vectors);
    GrowingTable growing = new GrowingTable(type, 1);
    growing.append(table, 0, 3);
    Arrays.fill(parents, 9);
    growing.append(table, 1, 2);
    assertThat(((IntVector) growing.table().vector(type.parentId())).values())
        .startsWith(1, 2, 3, 9);
  }

  @Test
  void stringsOfAnotherDictionaryAreNotTaken() {
    PayloadType type = PayloadType.LOG_ATTRS;
    byte[] data = {'a', 'b'};
    int[] offsets = {0, 1, 2};
    GrowingTable growing = new GrowingTable(type, 1);
    growing.append(keys(type, new int[] {1}, offsets, data), 0, 1);
    assertThat(growing.takes(keys(type, new int[] {0}, offsets, data))).isTrue();
    assertThat(growing.takes(keys(type, new int[] {0}, offsets, data.clone()))).isFalse();
    assertThat(growing.takes(keys(type, null, new int[] {0, 1}, data))).isFalse();
    assertThat(growing.takes(OtapTable.empty(type))).isTrue();
  }

  private static OtapTable keys(PayloadType type, int[] ids, int[] offsets, byte[] data) {
    Column key = type.column("key");
    Vector[] vectors = new Vector[type.columns().size()];
    vectors[key.index()] = new BinaryVector(1, null, ids, offsets, data);
    return new OtapTable(type, 1, vectors);
  }
}
