/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.suite;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.rolling.RollingPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;
import org.apache.flink.util.FileUtils;

/** The external system of a file sink is a folder. */
final class FolderContext implements DataStreamSinkV2ExternalContext<String> {

  private final Path folder;

  FolderContext() {
    try {
      folder = Files.createTempDirectory("otap-sink");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Sink<String> createSink(TestingSinkSettings settings) {
    try {
      return new TextSink(
          OtlpFileSink.to(new org.apache.flink.core.fs.Path(folder.toUri()))
              .rolling(RollingPolicy.EVERY_CHECKPOINT)
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the records of each file once. */
  @Override
  public ExternalSystemDataReader<String> createSinkDataReader(TestingSinkSettings settings) {
    Set<Path> seen = new HashSet<>();
    return new ExternalSystemDataReader<>() {
      @Override
      public List<String> poll(Duration timeout) {
        List<String> texts = new ArrayList<>();
        try {
          for (Path file : OtlpFiles.files(folder, Signal.LOGS)) {
            if (seen.add(file)) {
              for (var request : OtlpFiles.read(file, Signal.LOGS)) {
                ((ExportLogsServiceRequest) request)
                    .getResourceLogs(0)
                    .getScopeLogs(0)
                    .getLogRecordsList()
                    .forEach(log -> texts.add(TextSink.text(log)));
              }
            }
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return texts;
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  @Override
  public List<String> generateTestData(TestingSinkSettings settings, long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      texts.add(i + "-" + Long.toHexString(random.nextLong()));
    }
    return texts;
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
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Override
  public String toString() {
    return "folder";
  }
}
