/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import io.otap.core.model.Signal;

/** Rows without ids between two chains, or at an end of the table (docs/RECOVERY.md 4, step 2). */
@Internal
final class Gap {

  final Signal signal;

  /** Chains at both ends; null at an end of the table. */
  final Chain left;

  final Chain right;

  final int firstRow;
  final int endRow;

  /** The ids that lie between the chains. */
  final long firstId;

  final long lastId;

  /** Those that occur in no table: batches without ids can only be there. */
  Zones free;

  /** The same one by one; null if there are more than rows, or if nothing lies on the right. */
  long[] holes;

  /** Keys of RESOURCE_ATTRS among the free ids. */
  long[] keyed;

  /** The largest numbers of a resource and a scope in the rows. */
  int maxResource;

  int maxScope;

  /** The heads of the batches that the rows can belong to; null if undecided. */
  GapHeads heads;

  Recovery cls = Recovery.N;

  Gap(Signal signal, Chain left, Chain right, int firstRow, int endRow, long firstId, long lastId) {
    this.signal = signal;
    this.left = left;
    this.right = right;
    this.firstRow = firstRow;
    this.endRow = endRow;
    this.firstId = firstId;
    this.lastId = lastId;
  }
}
