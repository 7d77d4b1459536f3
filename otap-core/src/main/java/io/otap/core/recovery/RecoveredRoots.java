/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import java.io.IOException;

/**
 * Which resource and scope the rows of a root file belong to: runs of rows with the same answer.
 * The policy is not applied here: an undecided run carries its best guess.
 */
@Internal
public final class RecoveredRoots {

  /** Reads the evidence pinned in a plan and decides the rows of its whole root file. */
  public static RecoveredRoots of(Storage storage, SplitPlan plan) throws IOException {
    throw new UnsupportedOperationException();
  }

  public int runs() {
    throw new UnsupportedOperationException();
  }

  /** First row of a run; the row behind the file's last for {@code run == runs()}. */
  public long firstRow(int run) {
    throw new UnsupportedOperationException();
  }

  public Recovery resourceClass(int run) {
    throw new UnsupportedOperationException();
  }

  public Recovery scopeClass(int run) {
    throw new UnsupportedOperationException();
  }

  /** Number in {@link #resources()}, or -1 for a resource without attributes. */
  public int resourceSet(int run) {
    throw new UnsupportedOperationException();
  }

  /** Number in {@link #scopes()}, or -1 for a scope without attributes. */
  public int scopeSet(int run) {
    throw new UnsupportedOperationException();
  }

  /** The offset of the sender's batch, or -1 if undecided. */
  public long offset(int run) {
    throw new UnsupportedOperationException();
  }

  public AttributeSets resources() {
    throw new UnsupportedOperationException();
  }

  public AttributeSets scopes() {
    throw new UnsupportedOperationException();
  }
}
