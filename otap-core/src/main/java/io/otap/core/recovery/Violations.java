/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;

/** Where assumptions about senders are visibly broken, as ids (docs/RECOVERY.md 4, step 6). */
@Internal
final class Violations {

  /** A1: the ids of a batch do not fill its range. */
  final Zones ids = new Zones();

  /** A2: entries without rows, or a batch that does not begin with (0,0). */
  final Zones order = new Zones();

  /** A4, A5: resources without attributes, or attributes without rows. */
  final Zones attributes = new Zones();

  /** What remains of a class in a file with ids from {@code lo} to {@code hi}. */
  Recovery lower(Recovery cls, long lo, long hi) {
    if (ids.hits(lo, hi)) {
      return Recovery.N;
    }
    boolean lowered =
        attributes.hits(lo, hi) && (cls == Recovery.C2 || cls == Recovery.C3)
            || order.hits(lo, hi) && cls.isCertain();
    return lowered ? Recovery.L : cls;
  }
}
