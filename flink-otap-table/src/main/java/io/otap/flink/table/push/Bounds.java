/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.push;

import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;

/**
 * The numbers that a column of a query can be made of if it compares with a constant in some way.
 *
 * @param least inclusive
 * @param most inclusive
 */
record Bounds(long least, long most) {

  /**
   * @param operator that stands between the column and the constant
   * @param unit of which the column shows whole multiples, rounded down
   * @throws ArithmeticException if a bound is no number of 64 bits
   */
  static Bounds of(FunctionDefinition operator, long constant, long unit) {
    long down = Math.subtractExact(constant, Math.floorMod(constant, unit));
    long behind = Math.addExact(down, unit);
    long up = down == constant ? down : behind;
    if (operator == BuiltInFunctionDefinitions.LESS_THAN) {
      return new Bounds(Long.MIN_VALUE, Math.subtractExact(up, 1));
    }
    if (operator == BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL) {
      return new Bounds(Long.MIN_VALUE, behind - 1);
    }
    if (operator == BuiltInFunctionDefinitions.GREATER_THAN) {
      return new Bounds(behind, Long.MAX_VALUE);
    }
    if (operator == BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL) {
      return new Bounds(up, Long.MAX_VALUE);
    }
    return new Bounds(up, behind - 1);
  }
}
