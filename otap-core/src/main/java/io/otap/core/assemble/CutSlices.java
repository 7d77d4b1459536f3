/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.List;
import java.util.Map;

/**
 * All rows of one cut, as they were read.
 *
 * @param cut number of the cut in its split
 * @param children slices of each child table, in the order they were read
 * @param lost rows found in the cut's stretch that are known to have no parent
 */
@Internal
public record CutSlices(
    int cut, RootSlice root, Map<PayloadType, List<Slice>> children, List<OrphanRows> lost) {

  /** Bytes of the rows as they were read, as an estimate. */
  public long bytes() {
    long bytes = root.rows().bytes();
    for (List<Slice> read : children.values()) {
      for (Slice slice : read) {
        bytes += slice.rows().exclusiveBytes();
      }
    }
    return bytes;
  }

  /** The batch of the rows. */
  public OtapBatch join(Signal signal, boolean validateRelations) throws OtapException {
    return BatchJoin.join(
        signal, root, children, OrphanRows.count(lost), validateRelations, OrphanSink.NONE);
  }
}
