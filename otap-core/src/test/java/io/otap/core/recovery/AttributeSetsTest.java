/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import org.junit.jupiter.api.Test;

class AttributeSetsTest {

  private static AttributeRows rows() {
    return new AttributeRows(PayloadType.RESOURCE_ATTRS);
  }

  @Test
  void equalContentHasOneNumberInAnyOrder() {
    AttributeSets sets =
        rows().add(3, "a", 1).add(3, "b", 2).add(9, "b", 2).add(9, "a", 1).add(10, "a", 1).sets();
    assertThat(sets.keys().size()).isEqualTo(3);
    assertThat(sets.size()).isEqualTo(2);
    assertThat(sets.set(0, 0)).isEqualTo(sets.set(1, 0)).isNotEqualTo(sets.set(2, 0));
    assertThat(sets.makes(0, 1)).isTrue();
    assertThat(sets.makes(0, 2)).isFalse();
  }

  @Test
  void rowsOfAKeyNeedNotStandTogether() {
    AttributeSets sets =
        rows()
            .add(4_000_000_000L, "a", 1)
            .add(7, "a", 1)
            .add(4_000_000_000L, "b", 2)
            .add(7, "b", 2)
            .sets();
    assertThat(sets.keys().get(0)).isEqualTo(7);
    assertThat(sets.keys().get(1)).isEqualTo(4_000_000_000L);
    assertThat(sets.size()).isEqualTo(1);
  }

  @Test
  void setsUnderOneKeyAreCutWhereANameRepeats() {
    AttributeSets sets =
        rows().add(5, "a", 1).add(5, "b", 1).add(5, "a", 2).add(5, "b", 2).add(6, "a", 2).sets();
    assertThat(sets.count(0)).isEqualTo(2);
    assertThat(sets.makes(0, 2)).isTrue();
    assertThat(AttributeRows.text(sets, sets.set(0, 0))).isEqualTo("a=1,b=1");
    assertThat(AttributeRows.text(sets, sets.set(0, 1))).isEqualTo("a=2,b=2");
    assertThat(AttributeRows.text(sets, sets.set(1, 0))).isEqualTo("a=2");
  }

  @Test
  void aCutThatCouldLieElsewhereIsNotUnique() {
    AttributeSets sets = rows().add(5, "a", 1).add(5, "b", 1).add(5, "a", 2).sets();
    assertThat(sets.count(0)).isEqualTo(2);
    assertThat(sets.makes(0, 2)).isFalse();
  }

  @Test
  void tableNumbersTheAskedSetsAndKeepsTheFirstOrder() {
    AttributeSets sets =
        rows().add(0, "z", 1).add(0, "a", 2).add(1, "a", 2).add(1, "z", 1).add(2, "k", 3).sets();
    OtapTable table = sets.table(new int[] {1, -1, 0});
    assertThat(table.type()).isEqualTo(PayloadType.RESOURCE_ATTRS);
    assertThat(table.rows()).isEqualTo(3);
    assertThat(table.intVector("parent_id").values()).containsExactly(0, 2, 2);
    assertThat(table.binaryVector("key").string(0)).isEqualTo("k");
    assertThat(table.binaryVector("key").string(1)).isEqualTo("z");
    assertThat(table.binaryVector("key").string(2)).isEqualTo("a");
    assertThat(table.longVector("int").get(2)).isEqualTo(2);
    assertThat(table.binaryVector("str")).isNull();
    assertThat(sets.table(new int[] {-1})).isNull();
  }

  @Test
  void manySetsKeepTheirNumbers() {
    AttributeRows rows = rows();
    for (int k = 0; k < 20_000; k++) {
      rows.add(k, "a", k % 5_000).add(k, "name" + k % 7, 1);
    }
    AttributeSets sets = rows.sets();
    assertThat(sets.keys().size()).isEqualTo(20_000);
    assertThat(sets.size()).isEqualTo(20_000);
    assertThat(AttributeRows.text(sets, sets.set(12_345, 0))).isEqualTo("a=2345,name4=1");
  }
}
