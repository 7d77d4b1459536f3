/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The root rows of a cut, and what else there is of it.
 *
 * @param counts child slices of the cut by table; tables without any are left out
 * @param lost rows in the cut's stretch that are known to have no parent
 * @param validateRelations whether a row without a parent is an error
 */
@Internal
public record ClosingSlice(
    CutHead head,
    RootSlice root,
    Map<PayloadType, Integer> counts,
    List<OrphanRows> lost,
    boolean validateRelations)
    implements OtapSlice {

  public ClosingSlice {
    Map<PayloadType, Integer> ordered = new EnumMap<>(PayloadType.class);
    ordered.putAll(counts);
    counts = ordered;
    lost = List.copyOf(lost);
  }

  @Override
  public long bytes() {
    long shared = root.shared().stream().mapToLong(OtapTable::bytes).sum();
    return root.rows().bytes() + shared;
  }
}
