/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;

/**
 * Rows of a child table as they were read.
 *
 * @param sequence number of the slice among those of its cut and table, in the order of the rows
 * @param file path of the file they come from
 */
@Internal
public record ChildSlice(CutHead head, int sequence, String file, OtapTable rows)
    implements OtapSlice {

  public PayloadType table() {
    return rows.type();
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }
}
