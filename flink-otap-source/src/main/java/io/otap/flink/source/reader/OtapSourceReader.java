/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.OtapSplitState;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/** Has one split at a time and asks for the next when it is through. */
@Internal
@SuppressWarnings("try")
public final class OtapSourceReader<T>
    extends SingleThreadMultiplexSourceReaderBase<CutRecords<T>, T, OtapSplit, OtapSplitState> {

  public OtapSourceReader(
      Supplier<SplitReader<CutRecords<T>, OtapSplit>> splitReader,
      RecordEmitter<CutRecords<T>, T, OtapSplitState> emitter,
      Configuration configuration,
      SourceReaderContext context) {
    super(splitReader, emitter, configuration, context);
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, OtapSplitState> finished) {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected OtapSplitState initializedState(OtapSplit split) {
    return new OtapSplitState(split);
  }

  @Override
  protected OtapSplit toSplitType(String splitId, OtapSplitState state) {
    return state.toSplit();
  }
}
