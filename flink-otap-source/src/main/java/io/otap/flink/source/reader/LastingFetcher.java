/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.flink.source.split.OtapSplit;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/**
 * Keeps a reader's thread, and what its split reader remembers, from one split to the next. Flink
 * ends the thread whenever there is nothing to read. While the reader has not taken all that was
 * read, that can go wrong, too: the thread then waits for ever (FLINK-40660).
 */
final class LastingFetcher<T> extends SingleThreadFetcherManager<CutRecords<T>, OtapSplit> {

  private boolean done;

  LastingFetcher(
      Supplier<SplitReader<CutRecords<T>, OtapSplit>> splitReader, Configuration configuration) {
    super(splitReader, configuration);
  }

  /** No split will come, and all that was read has been taken. */
  void done() {
    done = true;
  }

  @Override
  public boolean maybeShutdownFinishedFetchers() {
    return done && super.maybeShutdownFinishedFetchers();
  }
}
