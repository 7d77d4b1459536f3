/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutSlices;
import io.otap.core.assemble.LateRowReader;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.SliceCutter;
import io.otap.core.assemble.SplitCutReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import io.otap.flink.source.split.OtapSplit;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;

/** A split that is being read: cuts of a root file, or late rows of a child file. */
interface SplitRows<T> extends Closeable {

  static <T> SplitRows<T> open(
      Storage storage, OtapSplit split, SplitMemory memory, CutForm<T> form) throws IOException {
    SplitPlan plan = split.plan();
    if (plan.isLate()) {
      return new Late<>(LateRowReader.open(storage, plan, split.position(), memory), form);
    }
    int sliceRows = form.joins() ? Integer.MAX_VALUE : SliceCutter.MAX_ROWS;
    return new Cuts<>(
        SplitCutReader.open(storage, plan, split.position(), memory, sliceRows), plan, form);
  }

  /** What is to be emitted next; null at the end. */
  CutRecords<T> next() throws IOException;

  /** Records that are still to come. */
  long rowsLeft();

  /** Bytes read from files so far. */
  long bytesRead();

  /** As {@link SplitCutReader#undecidableExemplars}. */
  long undecidableExemplars();

  /** The records of a root file. */
  record Cuts<T>(SplitCutReader reader, SplitPlan plan, CutForm<T> form) implements SplitRows<T> {

    @Override
    public CutRecords<T> next() throws IOException {
      CutSlices cut = reader.next();
      return cut == null ? null : form.records(plan, cut, reader.position());
    }

    @Override
    public long rowsLeft() {
      return reader.rowsLeft();
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    public long undecidableExemplars() {
      return reader.undecidableExemplars();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** Rows that no batch has; they are no records and have no time. */
  record Late<T>(LateRowReader reader, CutForm<T> form) implements SplitRows<T> {

    @Override
    public CutRecords<T> next() throws IOException {
      LateSlice rows = reader.next();
      return rows == null
          ? null
          : new CutRecords<>(
              form.lateRows(rows), null, OptionalLong.empty(), 0, rows.bytes(), reader.position());
    }

    @Override
    public long rowsLeft() {
      return 0;
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    public long undecidableExemplars() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
