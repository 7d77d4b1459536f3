/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.SplitMemory;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import io.otap.flink.source.split.OtapSplit;
import java.io.Closeable;
import java.io.IOException;

/** A split that a reader has. Its files are opened when its first cut is read. */
final class OpenSplit<T> implements Closeable {

  private static final long SMALL = 1 << 20;

  private final OtapSplit split;
  private final CutForm<T> form;
  private SplitRows<T> reader;
  private long bytesTaken;

  OpenSplit(OtapSplit split, CutForm<T> form) {
    this.split = split;
    this.form = form;
  }

  String id() {
    return split.splitId();
  }

  /** Records after which a reader needs to give no more. */
  long wanted() {
    return split.plan().options().selection().limit();
  }

  /** Bytes that may wait to be emitted while more is read: a batch, or a few small ones. */
  long mostWaiting() {
    return Math.max(SMALL, split.plan().options().batchBytes());
  }

  /** What is to be emitted next; null at the end. */
  CutRecords<T> next(Storage storage, SplitMemory memory) throws IOException {
    if (reader == null) {
      reader = SplitRows.open(storage, split, memory, form);
    }
    return reader.next();
  }

  /** Bytes read since this was called last. */
  long takeBytesRead() {
    long taken = reader.bytesRead() - bytesTaken;
    bytesTaken += taken;
    return taken;
  }

  long undecidableExemplars() {
    return reader.undecidableExemplars();
  }

  /** Records that were not read. */
  long rowsLeft() {
    if (reader != null) {
      return reader.rowsLeft();
    }
    SplitPlan plan = split.plan();
    return plan.isLate() ? 0 : plan.endRow() - plan.firstRow();
  }

  /** Their share of the bytes of the root file. */
  long bytesLeft() {
    var root = split.plan().root();
    return root.rows() == 0 ? 0 : (long) ((double) root.length() * rowsLeft() / root.rows());
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  @Override
  public String toString() {
    return split.toString();
  }
}
