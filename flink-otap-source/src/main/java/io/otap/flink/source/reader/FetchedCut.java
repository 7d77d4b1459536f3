/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/** What one fetch gave: a cut of a split, the end of a split, or nothing. */
final class FetchedCut<T> implements RecordsWithSplitIds<CutRecords<T>> {

  private final Set<String> finished;
  private String split;
  private final Runnable emitted;
  private CutRecords<T> cut;

  private FetchedCut(String split, CutRecords<T> cut, Set<String> finished, Runnable emitted) {
    this.split = split;
    this.cut = cut;
    this.finished = finished;
    this.emitted = emitted;
  }

  /**
   * @param emitted run when the records have gone on
   */
  static <T> FetchedCut<T> of(String split, CutRecords<T> cut, Runnable emitted) {
    return new FetchedCut<>(split, cut, Set.of(), emitted);
  }

  static <T> FetchedCut<T> endOf(String split) {
    return new FetchedCut<>(null, null, Set.of(split), () -> {});
  }

  static <T> FetchedCut<T> nothing() {
    return new FetchedCut<>(null, null, Set.of(), () -> {});
  }

  @Override
  public String nextSplit() {
    String next = split;
    split = null;
    return next;
  }

  @Override
  public CutRecords<T> nextRecordFromSplit() {
    CutRecords<T> next = cut;
    cut = null;
    return next;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }

  @Override
  public void recycle() {
    emitted.run();
  }
}
