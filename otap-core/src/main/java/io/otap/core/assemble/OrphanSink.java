/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;

/** Takes the rows that a join leaves out because their parents do not exist. */
@Internal
@FunctionalInterface
public interface OrphanSink {

  /** Looks at none of them. */
  OrphanSink NONE = (table, file, parentId) -> {};

  void orphan(PayloadType table, String file, long parentId);
}
