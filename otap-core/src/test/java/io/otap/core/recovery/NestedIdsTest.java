/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.Recovery;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import org.junit.jupiter.api.Test;

class NestedIdsTest {

  /** Rows of (id, resource.id, scope.id), all with the same fields. */
  private static RootRows rows(int[]... rows) {
    RootRows out = new RootRows(rows.length);
    out.nextFile();
    for (int[] row : rows) {
      out.add(row[0], row[1], row[2], 0);
    }
    return out;
  }

  private static int[] row(int id, int resource, int scope) {
    return new int[] {id, resource, scope};
  }

  @Test
  void chainsThatBeginWithTheirOwnIdAreGlobal() throws OtapException {
    RootRows rows = rows(row(0, 0, 0), row(1, 1, 1), row(5, 5, 5), row(6, 6, 6), row(9, 9, 9));
    assertThat(NestedIds.of(rows, Zones.EMPTY)).isEqualTo(NestedIds.GLOBAL);
  }

  @Test
  void chainsThatBeginWithZeroAreLocal() throws OtapException {
    RootRows rows = rows(row(0, 0, 0), row(1, 1, 1), row(5, 0, 0), row(6, 1, 1));
    assertThat(NestedIds.of(rows, Zones.EMPTY)).isEqualTo(NestedIds.LOCAL);
  }

  @Test
  void oneBatchFitsBothReadings() throws OtapException {
    RootRows rows = rows(row(0, 0, 0), row(1, 1, 1), row(2, 1, 1));
    assertThat(NestedIds.of(rows, Zones.EMPTY)).isEqualTo(NestedIds.EITHER);
  }

  @Test
  void aMixtureIsRefused() {
    RootRows rows = rows(row(0, 0, 0), row(5, 5, 5), row(9, 0, 0));
    assertThatThrownBy(() -> NestedIds.of(rows, Zones.EMPTY))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.RECOVERY));
  }

  @Test
  void globalNumbersAreKeys() {
    RootRows rows =
        rows(row(0, 0, 0), row(1, 1, 0), row(2, RootRows.NONE, 0), row(7, 7, 0), row(8, 8, 0));
    AttributeSets resources =
        new AttributeRows(PayloadType.RESOURCE_ATTRS)
            .add(0, "a", 1)
            .add(7, "a", 1)
            .add(8, "a", 1)
            .add(8, "a", 2)
            .sets();
    AttributeSets scopes = new AttributeRows(PayloadType.SCOPE_ATTRS).sets();
    AnswerRuns runs = new PlainJoin(rows, resources, scopes).answers(0);
    assertThat(runs.size()).isEqualTo(4);
    assertThat(runs.resourceSet(0)).isZero();
    assertThat(runs.resourceSet(1)).isEqualTo(-1);
    assertThat(runs.firstRow(2)).isEqualTo(3);
    assertThat(runs.resourceSet(2)).isZero();
    assertThat(runs.resourceClass(2)).isEqualTo(Recovery.C1);
    assertThat(runs.resourceClass(3)).isEqualTo(Recovery.N);
    assertThat(runs.scopeSet(3)).isEqualTo(-1);
  }
}
