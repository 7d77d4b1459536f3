/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.parquet.FooterCache;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import java.io.IOException;

/**
 * What a reader keeps from one split for the next, as splits of one root file often follow each
 * other: the footers of files, and which resources and scopes the rows of the last root file have.
 * For one thread.
 */
@Internal
public final class SplitMemory {

  private final FooterCache footers = new FooterCache();
  private final SharedRecovery shared;
  private SharedRecovery.Question last;
  private RecoveredRoots recovered;

  public SplitMemory() {
    this(new SharedRecovery());
  }

  /**
   * @param shared what other readers have decided
   */
  public SplitMemory(SharedRecovery shared) {
    this.shared = shared;
  }

  InputFiles files(Storage storage) {
    return new InputFiles(storage, footers);
  }

  /** Decided once for all splits that have the same root file and evidence. */
  RecoveredRoots recovered(InputFiles files, SplitPlan plan) throws IOException {
    SharedRecovery.Question question = SharedRecovery.Question.of(plan);
    if (recovered == null || !question.equals(last)) {
      recovered = null;
      recovered = shared.of(files, plan, question);
      last = question;
    }
    return recovered;
  }
}
