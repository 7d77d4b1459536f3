/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import io.otap.core.model.Signal;
import java.util.BitSet;

/**
 * Rows whose ids fill a range, without a hard border between them: one batch, or several of which
 * all but the last have one resource and one scope (docs/RECOVERY.md 4, step 2).
 */
@Internal
final class Chain {

  final Signal signal;

  /** First and last row with an id, and the row behind the null rows that certainly follow. */
  int firstRow;

  int lastRow;
  int endRow;

  /** Smallest and largest id. The chain's first batch has the offset {@code firstId}. */
  long firstId;

  long lastId;

  /** Ids where a batch may begin, {@code startFrom} to {@code startTo} of the table's list. */
  int startFrom;

  int startTo;

  /** The largest of them. */
  long lastStart;

  /** Numbers of resources and scopes up to those of the last row. */
  int resources;

  int scopes;

  /** Resource numbers that have rows; null if all of {@code resources} have. */
  BitSet resourcesWithRows;

  /** The ids or borders contradict A1: undecided. */
  boolean odd;

  /** Begins with a hard border, but not with (0,0). */
  boolean late;

  /** The null rows behind the chain may belong to a batch without ids. */
  boolean unclearTail;

  /**
   * Nothing follows the null rows behind the chain. Only A4 says that they are no batch without
   * ids, which would show by its keys.
   */
  boolean openTail;

  /** The cheapest explanations; null until decoded. */
  Explanations explanations;

  Recovery cls = Recovery.N;

  Chain(Signal signal) {
    this.signal = signal;
  }

  boolean hasOneStart() {
    return lastStart == firstId;
  }

  /** Head of the last batch in the cheapest explanation with the fewest batches. */
  long lastHead() {
    return explanations.lastHead(0);
  }
}
