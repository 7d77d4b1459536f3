/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.flink.source.storage.FlinkStorage;
import io.otap.flink.table.system.SystemTable;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/** Lists a tree when the query runs. */
@Internal
public final class SystemTableSource implements ScanTableSource {

  private final SystemTable table;
  private final String path;

  SystemTableSource(SystemTable table, String path) {
    this.table = table;
    this.path = path;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(table.type());
    return new DataStreamScanProvider() {

      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext ids, StreamExecutionEnvironment env) {
        SingleOutputStreamOperator<String> trees = env.fromData(Types.STRING, path);
        ids.generateUid("otap-tree").ifPresent(trees::uid);
        SingleOutputStreamOperator<RowData> rows =
            trees.flatMap(new Lister(table)).returns(type).setParallelism(1);
        ids.generateUid("otap").ifPresent(rows::uid);
        return rows.name(asSummaryString());
      }

      @Override
      public boolean isBounded() {
        return true;
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    return new SystemTableSource(table, path);
  }

  @Override
  public String asSummaryString() {
    return "OTAP " + table.id();
  }

  /** Lists trees. */
  private record Lister(SystemTable table) implements FlatMapFunction<String, RowData> {

    @Override
    public void flatMap(String tree, Collector<RowData> out) throws IOException {
      table.rows(new FlinkStorage(), tree).forEach(out::collect);
    }
  }
}
