/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Validity;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.io.IOException;
import org.apache.parquet.format.Type;

/**
 * The exporter fills the value column of exemplars that the first batch of a file did not use: with
 * zeros in a REQUIRED INT64 column, also for {@code double_value} (ENGINE-OBSERVED 3).
 */
final class ExemplarFillers {

  private static final String INT = "int_value";
  private static final String DOUBLE = "double_value";

  private ExemplarFillers() {}

  private static boolean isExemplars(PayloadType type) {
    return type.folder().endsWith("_exemplars");
  }

  /** Whether the column is nothing but filler: a {@code double_value} of integers. */
  static boolean isFiller(ParquetFooter footer, PayloadType type, Column column)
      throws IOException {
    Leaf leaf = footer.leaf(column.path());
    if (!isExemplars(type) || !column.path().equals(DOUBLE) || leaf.type() != Type.INT64) {
      return false;
    }
    long[] range = footer.range(DOUBLE);
    if (range != null && (range[0] != 0 || range[1] != 0)) {
      throw OtapException.of(
          SCHEMA,
          "the column is INT64 with values from "
              + range[0]
              + " to "
              + range[1]
              + ", which cannot be read as FLOAT64; only zeros are known as filler");
    }
    return true;
  }

  /** Whether zeros of {@code int_value} can be filler for rows that have a double. */
  static boolean hasFilledInts(ParquetFooter footer, PayloadType type) {
    Leaf ints = footer.leaf(INT);
    Leaf doubles = footer.leaf(DOUBLE);
    return isExemplars(type)
        && ints != null
        && ints.isRequired()
        && doubles != null
        && doubles.type() == Type.DOUBLE;
  }

  /**
   * Whether a zero of {@code int_value} can be filler while no double can tell: it may be an int,
   * or a double for which the file has no column.
   */
  static boolean hasUndecidableZeros(ParquetFooter footer, PayloadType type) {
    Leaf ints = footer.leaf(INT);
    Leaf doubles = footer.leaf(DOUBLE);
    return isExemplars(type)
        && ints != null
        && ints.isRequired()
        && (doubles == null || doubles.type() == Type.INT64);
  }

  /** How many values are zero. */
  static int zeros(LongVector ints) {
    int zeros = 0;
    for (int i = 0; i < ints.length(); i++) {
      zeros += !ints.isNull(i) && ints.get(i) == 0 ? 1 : 0;
    }
    return zeros;
  }

  /**
   * Zeros become nulls, but not where the row has no double either: the zero is the value then.
   *
   * @param doubles null if that column is not read, so all zeros are taken for filler
   */
  static LongVector withoutZeros(LongVector ints, DoubleVector doubles, boolean doublesRead) {
    int rows = ints.length();
    long[] validity = Validity.empty(rows);
    int present = 0;
    for (int i = 0; i < rows; i++) {
      boolean hasDouble = doublesRead ? doubles != null && !doubles.isNull(i) : true;
      if (!ints.isNull(i) && (ints.get(i) != 0 || !hasDouble)) {
        Validity.set(validity, i);
        present++;
      }
    }
    return present == 0
        ? null
        : new LongVector(rows, present == rows ? null : validity, ints.values());
  }
}
