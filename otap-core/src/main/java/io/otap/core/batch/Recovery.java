/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;

/**
 * How certain it is which resource, or which scope, a row belongs to. The order is from certain to
 * undecided, so that the worse of two is the greater.
 */
@PublicEvolving
public enum Recovery {
  /** One possible answer, from what the exporter does alone. */
  C1,
  /** All cheapest explanations agree and break no assumption about senders. */
  C2,
  /** As {@link #C2}; several batches are possible, all with the same attributes. */
  C3,
  /** All cheapest explanations agree, but an assumption is visibly broken nearby. */
  L,
  /** Undecided. */
  N;

  private static final Recovery[] BY_CODE = values();

  public static Recovery ofCode(int code) {
    return BY_CODE[code];
  }

  /** Whether the answer is proven as far as the documented assumptions hold. */
  public boolean isCertain() {
    return compareTo(C3) <= 0;
  }
}
