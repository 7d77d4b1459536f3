/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutSlices;
import io.otap.core.assemble.SplitCutReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.storage.Storage;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads splits one after the other, a cut per fetch. A split that is paused for the alignment of
 * watermarks is not read on, nor is another one begun in its place.
 */
@Internal
public final class OtapSplitReader<T> implements SplitReader<CutRecords<T>, OtapSplit> {

  private static final Logger LOG = LoggerFactory.getLogger(OtapSplitReader.class);

  private final Storage storage;
  private final CutForm<T> form;
  private final CorruptFiles corrupt;
  private final ReaderMetrics metrics;
  private final Queue<OtapSplit> pending = new ArrayDeque<>();
  private final Set<String> paused = new HashSet<>();
  private final SplitMemory memory = new SplitMemory();
  private final Object wake = new Object();
  private boolean woken;

  private OtapSplit split;
  private SplitCutReader reader;
  private long counted;

  /** Records that this reader has given. */
  private long records;

  public OtapSplitReader(
      Storage storage, CutForm<T> form, CorruptFiles corrupt, ReaderMetrics metrics) {
    this.storage = storage;
    this.form = form;
    this.corrupt = corrupt;
    this.metrics = metrics;
  }

  @Override
  public RecordsWithSplitIds<CutRecords<T>> fetch() throws IOException {
    if (split == null) {
      split = pending.poll();
    }
    if (split == null) {
      return FetchedCut.nothing();
    }
    if (paused.contains(split.splitId())) {
      awaitWakeUp();
      return FetchedCut.nothing();
    }
    try {
      return readOn();
    } catch (OtapException e) {
      metrics.failed(e);
      corrupt.leaveOut(e);
      metrics.leftOut(rowsLeft());
      LOG.warn("The rest of split {} is left out.", split);
      return end();
    } catch (FileNotFoundException e) {
      throw failure(OtapErrorKind.MISSING_FILE, "a file that was listed is gone", e);
    } catch (IOException e) {
      throw failure(OtapErrorKind.IO, "reading failed", e);
    }
  }

  @Override
  public void handleSplitsChanges(SplitsChange<OtapSplit> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("A split cannot be taken back: " + change);
    }
    pending.addAll(change.splits());
    metrics.pending(pending, split, rowsLeft());
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<OtapSplit> splitsToPause, Collection<OtapSplit> splitsToResume) {
    splitsToPause.forEach(s -> paused.add(s.splitId()));
    splitsToResume.forEach(s -> paused.remove(s.splitId()));
  }

  @Override
  public void wakeUp() {
    synchronized (wake) {
      woken = true;
      wake.notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    closeReader();
  }

  private void awaitWakeUp() throws IOException {
    synchronized (wake) {
      try {
        while (!woken) {
          wake.wait();
        }
        woken = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while the split " + split + " was paused.", e);
      }
    }
  }

  private FetchedCut<T> readOn() throws IOException {
    if (records >= split.plan().options().selection().limit()) {
      return end();
    }
    if (reader == null) {
      reader = SplitCutReader.open(storage, split.plan(), split.position(), memory);
      counted = 0;
    }
    CutSlices cut = reader.next();
    countBytes();
    String id = split.splitId();
    if (cut == null) {
      countUndecidable();
      return end();
    }
    records += cut.root().rows().rows();
    CutRecords<T> fetched = form.records(split.plan(), cut, reader.position());
    metrics.fetched(fetched.time());
    metrics.pending(pending, split, rowsLeft());
    return FetchedCut.of(id, fetched);
  }

  private FetchedCut<T> end() throws IOException {
    closeReader();
    String id = split.splitId();
    split = null;
    paused.remove(id);
    metrics.finished();
    metrics.pending(pending, null, 0);
    return FetchedCut.endOf(id);
  }

  /** Rows of the current split that were not read. */
  private long rowsLeft() {
    if (split == null) {
      return 0;
    }
    return reader == null ? ReaderMetrics.rows(split) : reader.rowsLeft();
  }

  /** Exemplars of which the file does not tell whether their zero is a value or filler. */
  private void countUndecidable() {
    long undecidable = reader.undecidableExemplars();
    if (undecidable > 0) {
      metrics.undecidable(undecidable);
      LOG.warn(
          "{} exemplars near {} have the value 0, which may be none: their files do not tell.",
          undecidable,
          split);
    }
  }

  private OtapException failure(OtapErrorKind kind, String problem, IOException cause) {
    metrics.failed(cause);
    return OtapException.of(
        kind, problem + " in split " + split + ": " + cause.getMessage(), cause);
  }

  private void countBytes() {
    long read = reader.bytesRead();
    metrics.bytesRead(read - counted);
    counted = read;
  }

  private void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
