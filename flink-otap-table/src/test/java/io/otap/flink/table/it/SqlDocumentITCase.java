/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.receiver.Behaviour;
import io.otap.receiver.MemoryStore;
import io.otap.receiver.OtlpService;
import io.otap.receiver.ReceiverServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What docs/SQL.md shows works, and what it says of columns and options is so. */
class SqlDocumentITCase {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  @TempDir Path temporary;

  @Test
  void columnsAndOptionsAreThoseOfTheCode() throws Exception {
    SqlDocument document = SqlDocument.read();
    if ("write".equals(System.getProperty("otap.docs"))) {
      Files.writeString(document.path(), document.generated());
    }
    assertThat(document.path()).hasContent(document.generated());
  }

  @Test
  void examplesRun() throws Exception {
    MemoryStore store = new MemoryStore();
    try (OtlpService service = new OtlpService(store, Behaviour.WILLING);
        ReceiverServer receiver =
            ReceiverServer.start(new InetSocketAddress("127.0.0.1", 0), null, 4 << 20, service)) {
      TableEnvironment batch = SqlJobs.tables(RuntimeExecutionMode.BATCH);
      List<String> silent = new ArrayList<>();
      for (SqlDocument.Example example : SqlDocument.read().examples()) {
        TableEnvironment env =
            example.streaming() ? SqlJobs.tables(RuntimeExecutionMode.STREAMING) : batch;
        for (String sql : example.statements()) {
          if (run(env, here(sql, receiver.port()), example.streaming()) == 0) {
            silent.add(sql);
          }
        }
      }
      assertThat(silent).as("queries without rows").isEmpty();
      assertThat(store.requests()).isNotEmpty();
      assertThat(temporary.resolve("copy/logs")).isDirectory();
      assertThat(temporary.resolve("otlp/traces.binpb")).isNotEmptyFile();
    }
  }

  private String here(String sql, int port) {
    return sql.replace("/data/telemetry", TestData.parquet("mixed").toUri().toString())
        .replace("/data/", temporary.toUri().toString())
        .replace("collector:4317", "127.0.0.1:" + port);
  }

  /** The number of rows that a statement gives. */
  private static int run(TableEnvironment env, String sql, boolean endless) throws Exception {
    TableResult result = env.executeSql(sql);
    if (result.getResultKind() == ResultKind.SUCCESS) {
      return 1;
    }
    if (sql.startsWith("INSERT")) {
      result.await(2, TimeUnit.MINUTES);
      return 1;
    }
    if (endless) {
      result.getJobClient().orElseThrow().cancel().get();
      return 1;
    }
    int rows = 0;
    try (CloseableIterator<Row> collected = result.collect()) {
      for (; collected.hasNext(); collected.next()) {
        rows++;
      }
    }
    return rows;
  }
}
