/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;

/** Which recovered resources and scopes are filled into rows. */
@PublicEvolving
public enum RecoveryPolicy {
  /** C1 to C3: right if the documented assumptions about senders hold. */
  STRICT(Recovery.C3),
  /** C1 to L; L rows are marked and counted. */
  LIKELY(Recovery.L),
  /** Everything; N rows get a best guess, are marked and counted. */
  GUESS(Recovery.N),
  /** C1 to L, and the first N stops the job. */
  FAIL(Recovery.L);

  private final Recovery worst;

  RecoveryPolicy(Recovery worst) {
    this.worst = worst;
  }

  public boolean fills(Recovery recovery) {
    return recovery.compareTo(worst) <= 0;
  }

  /** Whether an undecided row is an error. */
  public boolean failsOnUndecided() {
    return this == FAIL;
  }
}
