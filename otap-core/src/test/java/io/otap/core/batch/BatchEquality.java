/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;

/** Asserts that two batches hold the same, whatever form their vectors have. */
public final class BatchEquality {

  private BatchEquality() {}

  public static void assertSame(OtapBatch actual, OtapBatch expected) {
    assertThat(actual.signal()).isEqualTo(expected.signal());
    assertThat(actual.origin()).isEqualTo(expected.origin());
    assertThat(actual.resourceRecovery()).isEqualTo(expected.resourceRecovery());
    assertThat(actual.scopeRecovery()).isEqualTo(expected.scopeRecovery());
    for (PayloadType type : PayloadType.of(expected.signal())) {
      assertSame(actual.table(type), expected.table(type));
    }
  }

  private static void assertSame(OtapTable actual, OtapTable expected) {
    assertThat(actual.rows()).as(expected.toString()).isEqualTo(expected.rows());
    for (Column column : expected.type().columns()) {
      Vector a = actual.vector(column);
      Vector e = expected.vector(column);
      for (int row = 0; row < expected.rows(); row++) {
        assertThat(value(a, row)).as("%s %s %s", expected, column, row).isEqualTo(value(e, row));
      }
    }
  }

  static Object value(Vector vector, int row) {
    if (vector == null || vector.isNull(row)) {
      return null;
    }
    if (vector instanceof ByteVector bytes) {
      return bytes.get(row);
    } else if (vector instanceof IntVector ints) {
      return ints.get(row);
    } else if (vector instanceof LongVector longs) {
      return longs.get(row);
    } else if (vector instanceof DoubleVector doubles) {
      return doubles.get(row);
    } else if (vector instanceof BinaryVector binary) {
      return binary.bytes(row);
    }
    ListVector list = (ListVector) vector;
    Object[] elements = new Object[list.size(row)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value(list.elements(), list.start(row) + i);
    }
    return elements;
  }
}
