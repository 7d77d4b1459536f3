/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.select.ReadSelection;

/**
 * What shapes the batches of a split. Pinned in the split, so that a restored split continues
 * exactly.
 *
 * @param batchSize root rows of a batch, 1 to 65,535; a batch ends at the first possible cut from
 *     there on
 * @param batchBytes bytes of a batch, by the same rule
 * @param recovery which resources and scopes are filled in
 * @param validateRelations whether a child row without a parent is an error
 * @param readerMemory bytes that child rows may take while they wait for their parents in the
 *     reader
 * @param defaultIsMonotonic what sums are in files without the column {@code is_monotonic}, which
 *     today's exporter never writes (ENGINE-OBSERVED 7)
 * @param selection what is wanted of the tree
 */
@Internal
public record ReadOptions(
    int batchSize,
    long batchBytes,
    RecoveryPolicy recovery,
    boolean validateRelations,
    long readerMemory,
    boolean defaultIsMonotonic,
    ReadSelection selection) {

  public static final ReadOptions DEFAULT =
      new ReadOptions(8192, 4L << 20, RecoveryPolicy.LIKELY, false, 256L << 20);

  /** With sums that are not monotonic unless a file says so. */
  public ReadOptions(
      int batchSize,
      long batchBytes,
      RecoveryPolicy recovery,
      boolean validateRelations,
      long readerMemory) {
    this(batchSize, batchBytes, recovery, validateRelations, readerMemory, false);
  }

  /** With all that the tree has. */
  public ReadOptions(
      int batchSize,
      long batchBytes,
      RecoveryPolicy recovery,
      boolean validateRelations,
      long readerMemory,
      boolean defaultIsMonotonic) {
    this(
        batchSize,
        batchBytes,
        recovery,
        validateRelations,
        readerMemory,
        defaultIsMonotonic,
        ReadSelection.ALL);
  }

  /** The same for another selection. */
  public ReadOptions with(ReadSelection wanted) {
    return new ReadOptions(
        batchSize,
        batchBytes,
        recovery,
        validateRelations,
        readerMemory,
        defaultIsMonotonic,
        wanted);
  }
}
