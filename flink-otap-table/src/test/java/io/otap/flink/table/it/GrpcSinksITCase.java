/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.otlp.OtlpRequest;
import io.otap.receiver.Behaviour;
import io.otap.receiver.MemoryStore;
import io.otap.receiver.OtapReply;
import io.otap.receiver.OtapService;
import io.otap.receiver.OtlpService;
import io.otap.receiver.ReceiverServer;
import java.net.InetSocketAddress;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** INSERT INTO sends to receivers what was sent before. */
class GrpcSinksITCase {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  @ParameterizedTest
  @CsvSource({"otlp, logs", "otlp, spans", "otap, logs", "otap, spans"})
  void toAReceiver(String protocol, String table) throws Exception {
    Signal signal = table.equals("logs") ? Signal.LOGS : Signal.TRACES;
    MemoryStore store = new MemoryStore();
    try (OtlpService otlp = new OtlpService(store, Behaviour.WILLING);
        OtapService otap = new OtapService(store, call -> OtapReply.take());
        ReceiverServer server =
            ReceiverServer.start(
                new InetSocketAddress("127.0.0.1", 0), null, 4 << 20, otlp, otap)) {
      TableEnvironment env =
          SqlJobs.catalog(RuntimeExecutionMode.BATCH, "mixed", "values", "exact");
      env.executeSql(
          "CREATE TABLE default_catalog.default_database.receiver WITH ('connector'='otap',"
              + " 'table'='"
              + table
              + "', 'sink.batch-size'='50', 'sink.compression'='gzip', 'sink.to'='"
              + protocol
              + "://127.0.0.1:"
              + server.port()
              + "') LIKE "
              + table
              + " (EXCLUDING OPTIONS)");
      SqlJobs.run(
          env, "INSERT INTO default_catalog.default_database.receiver SELECT * FROM " + table);
    }
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
    for (OtlpRequest request : store.requests()) {
      actual.add(request.signal(), request.bytes());
    }
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.PARQUET);
    OtlpFiles.read(TestData.expected("mixed"), signal).forEach(expected::add);
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    assertThat(store.requests()).hasSizeGreaterThan(1);
  }
}
