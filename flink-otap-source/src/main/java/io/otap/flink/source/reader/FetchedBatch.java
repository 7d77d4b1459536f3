/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/** What one fetch gave: a batch of a split, the end of a split, or nothing. */
final class FetchedBatch implements RecordsWithSplitIds<PositionedBatch> {

  private final Set<String> finished;
  private String split;
  private PositionedBatch batch;

  private FetchedBatch(String split, PositionedBatch batch, Set<String> finished) {
    this.split = split;
    this.batch = batch;
    this.finished = finished;
  }

  static FetchedBatch of(String split, PositionedBatch batch) {
    return new FetchedBatch(split, batch, Set.of());
  }

  static FetchedBatch endOf(String split) {
    return new FetchedBatch(null, null, Set.of(split));
  }

  static FetchedBatch nothing() {
    return new FetchedBatch(null, null, Set.of());
  }

  @Override
  public String nextSplit() {
    String next = split;
    split = null;
    return next;
  }

  @Override
  public PositionedBatch nextRecordFromSplit() {
    PositionedBatch next = batch;
    batch = null;
    return next;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
