/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutSlices;
import io.otap.core.assemble.SplitCutReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import io.otap.flink.source.split.OtapSplit;
import java.io.Closeable;
import java.io.IOException;

/** A split that a reader has. Its files are opened when its first cut is read. */
final class OpenSplit implements Closeable {

  private final OtapSplit split;
  private SplitCutReader reader;
  private long bytesTaken;

  OpenSplit(OtapSplit split) {
    this.split = split;
  }

  String id() {
    return split.splitId();
  }

  SplitPlan plan() {
    return split.plan();
  }

  /** The next cut; null at the end. */
  CutSlices next(Storage storage, SplitMemory memory) throws IOException {
    if (reader == null) {
      reader = SplitCutReader.open(storage, split.plan(), split.position(), memory);
    }
    return reader.next();
  }

  /** Cuts read so far, those before the split's position included. */
  long position() {
    return reader.position();
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

  /** Rows that were not read. */
  long rowsLeft() {
    return reader == null ? split.plan().endRow() - split.plan().firstRow() : reader.rowsLeft();
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
