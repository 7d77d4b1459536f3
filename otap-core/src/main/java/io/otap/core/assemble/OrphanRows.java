/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Rows of a file whose parents do not exist.
 *
 * @param parentIds of each row, as in the file; not copied
 */
@Internal
public record OrphanRows(PayloadType table, String file, long[] parentIds) {

  /** Rows by table. */
  static Map<PayloadType, Long> count(Collection<OrphanRows> orphans) {
    Map<PayloadType, Long> counts = new EnumMap<>(PayloadType.class);
    for (OrphanRows rows : orphans) {
      counts.merge(rows.table(), (long) rows.parentIds().length, Long::sum);
    }
    return counts;
  }

  void giveTo(OrphanSink sink) {
    for (long parentId : parentIds) {
      sink.orphan(table, file, parentId);
    }
  }
}
