/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.parquet.FooterCache;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * What a reader keeps from one split for the next, as splits of one root file often follow each
 * other: the footers of files, and which resources and scopes the rows of the last root file have.
 * For one thread.
 */
@Internal
public final class SplitMemory {

  private final FooterCache footers = new FooterCache();
  private DataFile root;
  private List<DataFile> inputs;
  private boolean attributes;
  private RecoveredRoots recovered;

  InputFiles files(Storage storage) {
    return new InputFiles(storage, footers);
  }

  /** Decided once for all splits that have the same root file and evidence. */
  RecoveredRoots recovered(InputFiles files, SplitPlan plan) throws IOException {
    boolean wanted = plan.options().selection().recovers();
    if (recovered == null
        || attributes != wanted
        || !plan.root().equals(root)
        || !plan.inputs().equals(inputs)) {
      recovered = null;
      recovered =
          wanted ? RecoveredRoots.of(files, plan) : RecoveredRoots.withoutAttributes(files, plan);
      root = plan.root();
      inputs = plan.inputs();
      attributes = wanted;
    }
    return recovered;
  }
}
