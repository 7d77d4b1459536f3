/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.SplitMemory;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads splits one after the other, oldest first, a cut per fetch. A split that is paused for the
 * alignment of watermarks is not read on. The next one that is not is read then, as event time
 * waits for it, too. Nothing is read as long as a batch as large as one may be waits to be emitted.
 */
@Internal
public final class OtapSplitReader<T> implements SplitReader<CutRecords<T>, OtapSplit> {

  private static final Logger LOG = LoggerFactory.getLogger(OtapSplitReader.class);

  private final Storage storage;
  private final CutForm<T> form;
  private final CorruptFiles corrupt;
  private final ReaderMetrics metrics;
  private final List<OpenSplit<T>> splits = new ArrayList<>();
  private final Set<String> paused = new HashSet<>();
  private final SplitMemory memory;
  private final Object wake = new Object();
  private boolean woken;

  /** Bytes that were read and are not emitted. */
  private long waiting;

  /** Records that this reader has given. */
  private long records;

  /**
   * @param memory what this reader keeps between splits
   */
  public OtapSplitReader(
      Storage storage,
      CutForm<T> form,
      CorruptFiles corrupt,
      ReaderMetrics metrics,
      SplitMemory memory) {
    this.storage = storage;
    this.form = form;
    this.corrupt = corrupt;
    this.metrics = metrics;
    this.memory = memory;
  }

  @Override
  public RecordsWithSplitIds<CutRecords<T>> fetch() throws IOException {
    if (splits.isEmpty()) {
      return FetchedCut.nothing();
    }
    OpenSplit<T> split = firstToRead();
    if (!awaitRoom(split == null ? 0 : split.mostWaiting())) {
      return FetchedCut.nothing();
    }
    try {
      return readOn(split);
    } catch (OtapException e) {
      metrics.failed(e);
      corrupt.leaveOut(e);
      metrics.leftOut(split.rowsLeft());
      LOG.warn("The rest of split {} is left out.", split);
      return end(split);
    } catch (FileNotFoundException e) {
      throw failure(OtapErrorKind.MISSING_FILE, "a file that was listed is gone", split, e);
    } catch (IOException e) {
      throw failure(OtapErrorKind.IO, "reading failed", split, e);
    }
  }

  /** Null if all are paused. */
  private OpenSplit<T> firstToRead() {
    for (OpenSplit<T> split : splits) {
      if (!paused.contains(split.id())) {
        return split;
      }
    }
    return null;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<OtapSplit> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("A split cannot be taken back: " + change);
    }
    // Those of a checkpoint come in any order.
    change.splits().stream()
        .sorted(Comparator.comparing(OtapSplit::plan, SplitPlan.OLDEST_FIRST))
        .map(split -> new OpenSplit<>(split, form))
        .forEach(splits::add);
    metrics.pending(splits);
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
  public void close() {
    IOUtils.closeAllQuietly(splits);
  }

  /** Waits until fewer bytes wait to be emitted; false if woken before that. */
  private boolean awaitRoom(long most) throws IOException {
    synchronized (wake) {
      try {
        while (waiting >= most && !woken) {
          wake.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while the splits " + splits + " were not read.", e);
      }
      boolean room = waiting < most;
      woken &= room;
      return room;
    }
  }

  private void emitted(long bytes) {
    synchronized (wake) {
      waiting -= bytes;
      wake.notifyAll();
    }
  }

  private FetchedCut<T> readOn(OpenSplit<T> split) throws IOException {
    if (records >= split.wanted()) {
      return end(split);
    }
    CutRecords<T> cut = split.next(storage, memory);
    metrics.bytesRead(split.takeBytesRead());
    if (cut == null) {
      countUndecidable(split);
      return end(split);
    }
    records += cut.rows();
    metrics.fetched(cut.time());
    metrics.pending(splits);
    synchronized (wake) {
      waiting += cut.bytes();
    }
    return FetchedCut.of(split.id(), cut, () -> emitted(cut.bytes()));
  }

  private FetchedCut<T> end(OpenSplit<T> split) throws IOException {
    split.close();
    splits.remove(split);
    paused.remove(split.id());
    metrics.finished();
    metrics.pending(splits);
    return FetchedCut.endOf(split.id());
  }

  /** Exemplars of which the file does not tell whether their zero is a value or filler. */
  private void countUndecidable(OpenSplit<T> split) {
    long undecidable = split.undecidableExemplars();
    if (undecidable > 0) {
      metrics.undecidable(undecidable);
      LOG.warn(
          "{} exemplars near {} have the value 0, which may be none: their files do not tell.",
          undecidable,
          split);
    }
  }

  private OtapException failure(
      OtapErrorKind kind, String problem, OpenSplit<T> split, IOException cause) {
    metrics.failed(cause);
    return OtapException.of(
        kind, problem + " in split " + split + ": " + cause.getMessage(), cause);
  }
}
