/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.PublicEvolving;

/**
 * Some of the rows of a cut, on their way to where the cut is put together: rows of one child
 * table, or the root rows with the number of slices that belong to them. Immutable, without
 * references to anything outside the heap.
 *
 * <p>A cut has exactly one {@link ClosingSlice} and, for each child table with rows, the {@link
 * ChildSlice}s with the numbers from 0. They may arrive in any order. {@link LateSlice}s are of no
 * cut, and only there if a source was asked for late rows.
 */
@PublicEvolving
public sealed interface OtapSlice permits ChildSlice, ClosingSlice, LateSlice {

  /** The cut that the rows belong to. */
  CutHead head();

  /** Bytes of the buffers, as an estimate. */
  long bytes();
}
