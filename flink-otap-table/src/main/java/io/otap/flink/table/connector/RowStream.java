/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;

/**
 * A source in a query.
 *
 * @param parallelism null for that of the job
 */
record RowStream(
    Source<RowData, ?, ?> source,
    WatermarkStrategy<RowData> watermarks,
    boolean bounded,
    Integer parallelism,
    String name)
    implements DataStreamScanProvider {

  @Override
  public DataStream<RowData> produceDataStream(
      ProviderContext context, StreamExecutionEnvironment env) {
    DataStreamSource<RowData> stream = env.fromSource(source, watermarks, name);
    context.generateUid("otap").ifPresent(stream::uid);
    return stream;
  }

  @Override
  public boolean isBounded() {
    return bounded;
  }

  @Override
  public Optional<Integer> getParallelism() {
    return Optional.ofNullable(parallelism);
  }
}
