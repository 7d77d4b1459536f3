/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.export.EngineExporter;
import io.otap.core.select.ReadSelection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;
import org.apache.flink.util.FileUtils;

/**
 * The external system of the source is a folder, each of its splits an exporter that writes into a
 * partition of its own.
 */
final class TreeContext implements DataStreamSourceExternalContext<String> {

  private final Path tree;
  private int writers;
  private long clock = 1_790_000_000_000_000_000L;

  TreeContext() {
    try {
      tree = Files.createTempDirectory("otap-source");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
    Configuration options = new Configuration();
    options.set(OtapSourceOptions.BATCH_SIZE, 3);
    options.set(
        OtapSourceOptions.CONTINUOUS,
        settings.getBoundedness() == Boundedness.CONTINUOUS_UNBOUNDED);
    options.set(OtapSourceOptions.DISCOVERY_INTERVAL, Duration.ofMillis(100));
    return new OtapSource<>(
        new BodyForm(),
        List.of(new org.apache.flink.core.fs.Path(tree.toUri())),
        options,
        ReadSelection.ALL);
  }

  @Override
  public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
      TestingSourceSettings settings) {
    EngineExporter exporter =
        new EngineExporter(tree, new Random(writers++), Integer.MAX_VALUE, false);
    return new ExternalSystemSplitDataWriter<>() {
      @Override
      public void writeRecords(List<String> bodies) {
        try {
          for (String body : bodies) {
            exporter.export(request(body));
          }
          exporter.finish();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void close() {
        // All files are finished.
      }
    };
  }

  private ExportLogsServiceRequest request(String body) {
    LogRecord log =
        LogRecord.newBuilder()
            .setTimeUnixNano(clock++)
            .setBody(AnyValue.newBuilder().setStringValue(body))
            .addAttributes(
                KeyValue.newBuilder()
                    .setKey("length")
                    .setValue(AnyValue.newBuilder().setIntValue(body.length())))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
        .build();
  }

  @Override
  public List<String> generateTestData(TestingSourceSettings settings, int split, long seed) {
    Random random = new Random(seed);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      bodies.add(split + "-" + i + "-" + Long.toHexString(random.nextLong()));
    }
    return bodies;
  }

  @Override
  public TypeInformation<String> getProducedType() {
    return Types.STRING;
  }

  @Override
  public List<URL> getConnectorJarPaths() {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    FileUtils.deleteDirectory(tree.toFile());
  }

  @Override
  public String toString() {
    return "tree";
  }
}
