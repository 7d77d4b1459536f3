/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.Signal;

/**
 * What all slices of a cut say alike.
 *
 * @param split id of the split
 * @param cut number of the cut in its split
 * @param eventTime smallest event time of the cut's rows in milliseconds, or {@link #NO_TIME}
 */
@PublicEvolving
public record CutHead(String split, Signal signal, int cut, long eventTime) {

  /** The event time of rows that have none. */
  public static final long NO_TIME = Long.MIN_VALUE;

  public boolean hasEventTime() {
    return eventTime != NO_TIME;
  }
}
