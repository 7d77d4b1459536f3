/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.export.EngineExporter;
import io.otap.core.follow.FollowRules;
import io.otap.core.follow.RootChoice;
import io.otap.core.scan.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** A partition of many files, as today's exporter writes one for each request and table. */
final class OneRowFiles {

  /** Tables of which each request has a row. */
  static final int TABLES = 4;

  private OneRowFiles() {}

  /** Requests of one log each, in a partition of their own. */
  static void write(Path tree, int requests, long seed) throws IOException {
    EngineExporter exporter = new EngineExporter(tree, new Random(seed), 1, false);
    for (int i = 0; i < requests; i++) {
      exporter.export(log(i));
    }
    exporter.finish();
  }

  /** As one reader follows them from the beginning. */
  static FollowSettings followedBy(FollowRules rules) {
    return new FollowSettings(
        Duration.ofSeconds(10),
        8,
        0,
        false,
        true,
        false,
        null,
        1,
        1 << 27,
        RootChoice.ALL,
        rules,
        ReadOptions.DEFAULT);
  }

  private static ExportLogsServiceRequest log(int number) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", "a")))
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(
                            InstrumentationScope.newBuilder().addAttributes(text("library", "b")))
                        .addLogRecords(
                            LogRecord.newBuilder()
                                .setTimeUnixNano(1_790_000_000_000_000_000L + number)
                                .addAttributes(text("number", "" + number)))))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
