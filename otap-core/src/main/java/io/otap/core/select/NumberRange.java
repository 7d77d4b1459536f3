/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;

/**
 * A column of whole numbers lies in a range. A null is the default of the type if the model says
 * so, else it lies in no range.
 *
 * @param column path in the root table, as {@code severity_number} or {@code status.code}
 * @param min inclusive
 * @param max inclusive
 */
@PublicEvolving
public record NumberRange(String column, long min, long max) implements RootCondition {

  private static final long serialVersionUID = 1L;

  public boolean holds(long value) {
    return min <= value && value <= max;
  }

  /** Whether one of the numbers between these lies in the range. */
  public boolean meets(long smallest, long largest) {
    return min <= largest && smallest <= max;
  }

  @Override
  public String toString() {
    return column + " in [" + min + ", " + max + "]";
  }
}
