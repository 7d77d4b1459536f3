/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.flink.source.metrics.ErrorCounters;
import io.otap.flink.source.metrics.SourceMetric;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * The metrics of a reader. One for all its split readers: Flink ends the thread of one that has
 * nothing to read and makes another for the next split.
 */
@Internal
public final class ReaderMetrics {

  /** What Flink's own gauges of event time show before there is any. */
  private static final long UNDEFINED = -1;

  private final SourceReaderMetricGroup group;
  private final Counter bytesIn;
  private final Counter recordsInErrors;
  private final Counter finishedSplits;
  private final Counter corruptSplits;
  private final Counter undecidableExemplars;
  private final ErrorCounters errors;
  private volatile long pendingRecords;
  private volatile long pendingBytes;
  private volatile long fetchLag = UNDEFINED;

  public ReaderMetrics(SourceReaderMetricGroup group) {
    this.group = group;
    this.bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
    this.recordsInErrors = group.getNumRecordsInErrorsCounter();
    this.finishedSplits = SourceMetric.FINISHED_SPLITS.counter(group);
    this.corruptSplits = SourceMetric.CORRUPT_SPLITS.counter(group);
    this.undecidableExemplars = SourceMetric.UNDECIDABLE_EXEMPLARS.counter(group);
    this.errors = new ErrorCounters(SourceMetric.READER_ERRORS, group);
    SourceMetric.FETCH_LAG.gauge(group, () -> fetchLag);
    group.setPendingRecordsGauge(() -> pendingRecords);
    group.setPendingBytesGauge(() -> pendingBytes);
  }

  public void runningSplits(IntSupplier splits) {
    SourceMetric.RUNNING_SPLITS.gauge(group, () -> (long) splits.getAsInt());
  }

  void bytesRead(long bytes) {
    bytesIn.inc(bytes);
  }

  void fetched(OptionalLong eventTime) {
    eventTime.ifPresent(time -> fetchLag = System.currentTimeMillis() - time);
  }

  void undecidable(long exemplars) {
    undecidableExemplars.inc(exemplars);
  }

  void failed(Throwable error) {
    errors.count(error);
  }

  /** The rest of the current split is left out. */
  void leftOut(long records) {
    corruptSplits.inc();
    recordsInErrors.inc(records);
  }

  void finished() {
    finishedSplits.inc();
  }

  /**
   * @param splits those that the reader has
   */
  void pending(Collection<? extends OpenSplit<?>> splits) {
    pendingRecords = splits.stream().mapToLong(OpenSplit::rowsLeft).sum();
    pendingBytes = splits.stream().mapToLong(OpenSplit::bytesLeft).sum();
  }
}
