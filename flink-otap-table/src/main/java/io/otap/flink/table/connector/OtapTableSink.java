/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import io.otap.flink.table.model.SignalTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.flink.table.connector.sink.abilities.SupportsWritingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/** Writes rows of logs or spans. */
@Internal
public final class OtapTableSink implements DynamicTableSink, SupportsWritingMetadata {

  private final SignalTable table;
  private final SinkTarget target;
  private final BatchLimits limits;
  private final Configuration options;
  private final Integer parallelism;
  private final RowType declared;
  private final Map<String, LogicalType> attributes;
  private RowType rows;

  /**
   * @param parallelism null for that of the input
   * @param declared the physical columns
   * @param attributes those that are declared as metadata: types by key
   */
  OtapTableSink(
      SignalTable table,
      SinkTarget target,
      BatchLimits limits,
      Configuration options,
      Integer parallelism,
      RowType declared,
      Map<String, LogicalType> attributes) {
    this.table = table;
    this.target = target;
    this.limits = limits;
    this.options = options;
    this.parallelism = parallelism;
    this.declared = declared;
    this.attributes = attributes;
    this.rows = declared;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return ChangelogMode.insertOnly();
  }

  @Override
  public Map<String, DataType> listWritableMetadata() {
    Map<String, DataType> writable = new LinkedHashMap<>();
    attributes.forEach(
        (key, type) -> writable.put(key, TypeConversions.fromLogicalToDataType(type)));
    return writable;
  }

  /** Metadata is behind the physical columns. */
  @Override
  public void applyWritableMetadata(List<String> metadataKeys, DataType consumedDataType) {
    List<RowType.RowField> fields = new ArrayList<>(declared.getFields());
    metadataKeys.forEach(key -> fields.add(new RowType.RowField(key, attributes.get(key))));
    rows = new RowType(fields);
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
      public DataStreamSink<?> consumeDataStream(ProviderContext ids, DataStream<RowData> input) {
        SingleOutputStreamOperator<OtapBatch> batches =
            input.transform(
                "Put rows together",
                OtapBatchTypeInfo.INSTANCE,
                new RowBatcher(table, rows, limits));
        batches.setParallelism(parallelism == null ? input.getParallelism() : parallelism);
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
    OtapTableSink copy =
        new OtapTableSink(table, target, limits, options, parallelism, declared, attributes);
    copy.rows = rows;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "OTAP " + table.id() + " to " + target.kind();
  }
}
