/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;

/**
 * Rows of a child file that came too late for their batches. They belong to no cut: the number in
 * the head is that of the stretch of the file that they lie in.
 *
 * @param file path of the file
 * @param rows numbers of the rows in the file, from 0, rising; not copied
 * @param parentIds of each row, as in the file; not copied
 */
@Internal
public record LateSlice(CutHead head, PayloadType table, String file, long[] rows, long[] parentIds)
    implements OtapSlice {

  @Override
  public long bytes() {
    return (long) Long.BYTES * (rows.length + parentIds.length);
  }
}
