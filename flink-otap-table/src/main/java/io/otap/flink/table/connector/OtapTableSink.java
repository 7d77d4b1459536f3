/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import io.otap.flink.table.model.SignalTable;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Writes rows of logs or spans. */
@Internal
public final class OtapTableSink implements DynamicTableSink {

  private final SignalTable table;
  private final SinkTarget target;
  private final BatchLimits limits;
  private final Configuration options;
  private final Integer parallelism;
  private final RowType declared;

  /**
   * @param parallelism null for that of the input
   * @param declared the physical columns
   */
  OtapTableSink(
      SignalTable table,
      SinkTarget target,
      BatchLimits limits,
      Configuration options,
      Integer parallelism,
      RowType declared) {
    this.table = table;
    this.target = target;
    this.limits = limits;
    this.options = options;
    this.parallelism = parallelism;
    this.declared = declared;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return ChangelogMode.insertOnly();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    Sink<OtapBatch> sink;
    try {
      sink = target.sink(options, context.isBounded());
    } catch (IOException e) {
      throw new ValidationException(e.getMessage(), e);
    }
    return new DataStreamSinkProvider() {

      @Override
      public DataStreamSink<?> consumeDataStream(ProviderContext ids, DataStream<RowData> rows) {
        SingleOutputStreamOperator<OtapBatch> batches =
            rows.transform(
                "Put rows together",
                OtapBatchTypeInfo.INSTANCE,
                new RowBatcher(table, declared, limits));
        batches.setParallelism(parallelism == null ? rows.getParallelism() : parallelism);
        ids.generateUid("otap-rows").ifPresent(batches::uid);
        DataStreamSink<OtapBatch> end = batches.sinkTo(sink).name(asSummaryString());
        end.setParallelism(batches.getParallelism());
        ids.generateUid("otap").ifPresent(end::uid);
        return end;
      }

      @Override
      public Optional<Integer> getParallelism() {
        return Optional.ofNullable(parallelism);
      }
    };
  }

  @Override
  public DynamicTableSink copy() {
    return new OtapTableSink(table, target, limits, options, parallelism, declared);
  }

  @Override
  public String asSummaryString() {
    return "OTAP " + table.id() + " to " + target.kind();
  }
}
