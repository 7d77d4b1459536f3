/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;

/**
 * Heads of the batches that a gap's rows can belong to, and which of them each row can have: with
 * the number of borders known, hard borders and possible borders up to and behind a row limit its
 * place from both sides (docs/RECOVERY.md 4, step 4).
 */
@Internal
final class GapHeads {

  private final Borders borders;
  private final Gap gap;
  private final long[] heads;
  private final int base;
  private final boolean shared;
  private final int hard;
  private final int possible;

  /**
   * @param heads the left chain's last head, the batches without ids, the right chain's first id
   * @param shared whether null rows of another table could own one of the ids: then a row can have
   *     all heads
   */
  GapHeads(Borders borders, Gap gap, long[] heads, boolean shared) {
    this.borders = borders;
    this.gap = gap;
    this.heads = heads;
    this.base = gap.left == null ? -1 : 0;
    this.shared = shared;
    int stop = gap.right == null ? gap.endRow : gap.endRow + 1;
    this.hard = borders.hard().count(gap.firstRow, stop);
    this.possible = borders.possible().count(gap.firstRow, stop);
  }

  long[] all() {
    return heads;
  }

  private int borderCount() {
    return heads.length - 1 - base;
  }

  /** Whether as many borders as needed fit between the hard and the possible ones. */
  boolean fit() {
    return shared || hard <= borderCount() && borderCount() <= possible;
  }

  /** Index of the first head that a row can have. */
  int from(int row) {
    if (shared) {
      return 0;
    }
    int before = borders.hard().count(gap.firstRow, row + 1);
    int behind = possible - borders.possible().count(gap.firstRow, row + 1);
    return Math.max(0, base + Math.max(before, borderCount() - behind));
  }

  /** Index behind the last head that a row can have. */
  int to(int row) {
    if (shared) {
      return heads.length;
    }
    int before = borders.possible().count(gap.firstRow, row + 1);
    int behind = hard - borders.hard().count(gap.firstRow, row + 1);
    return base + Math.min(before, borderCount() - behind) + 1;
  }
}
