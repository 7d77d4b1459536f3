/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.error.OtapException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Numbers the values of a column: equal ones have the same. */
final class ValueNumbers {

  private final FieldReader column;
  private final Map<Object, Integer> numbers = new HashMap<>();

  /** By code, plus 1. */
  private int[] ofCode = new int[16];

  ValueNumbers(FieldReader column) {
    this.column = column;
  }

  int of(int row) throws OtapException {
    int code = column.code(row);
    if (code == FieldReader.NO_CODE) {
      return number(column.read(row));
    }
    if (code >= ofCode.length) {
      ofCode = Arrays.copyOf(ofCode, Math.max(2 * ofCode.length, code + 1));
    }
    if (ofCode[code] == 0) {
      ofCode[code] = number(column.read(row)) + 1;
    }
    return ofCode[code] - 1;
  }

  private int number(Object value) {
    Integer known = numbers.putIfAbsent(value, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }
}
