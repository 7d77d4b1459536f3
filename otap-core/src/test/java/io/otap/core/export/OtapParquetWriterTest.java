/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.Concatenation;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.parquet.ParquetTableWriter;
import io.otap.core.parquet.WriteOptions;
import io.otap.core.scan.ReadOptions;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the complete flavour of a tree holds is what was written, all fields. */
class OtapParquetWriterTest {

  @TempDir Path tree;

  static Stream<Long> worlds() {
    return Worlds.seeds();
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void nothingIsLost(long seed) throws IOException {
    Random random = new Random(seed);
    List<MessageLite> requests = Worlds.requests(random);
    ExportOptions options =
        new ExportOptions(
            random.nextBoolean() ? 1_000_000 : 1 + random.nextInt(60), Worlds.writeOptions(random));
    List<OtapParquetWriter> writers = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      writers.add(new OtapParquetWriter(new LocalTarget(tree), options));
    }
    for (MessageLite request : requests) {
      OtapParquetWriter writer = writers.get(random.nextInt(writers.size()));
      for (OtapBatch batch : Worlds.decode(request)) {
        writer.write(batch);
      }
      if (random.nextInt(6) == 0) {
        writer.roll();
      }
    }
    for (OtapParquetWriter writer : writers) {
      writer.roll();
      writer.close();
    }
    Worlds.assertExact(seed, requests, Worlds.replay(tree, random));
  }

  @Test
  void whatWasNotPublishedIsNotSeen() throws IOException {
    try (OtapParquetWriter writer =
        new OtapParquetWriter(new LocalTarget(tree), ExportOptions.DEFAULT)) {
      writer.write(batch(0));
      writer.roll();
      writer.write(batch(1));
      assertThat(Worlds.replay(tree, 1 << 20, ReadOptions.DEFAULT)).hasSize(1);
    }
    try (Stream<Path> files = Files.walk(tree)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(3);
    }
  }

  @Test
  void childrenArePublishedBeforeTheirParents() throws IOException {
    List<PayloadType> published = new ArrayList<>();
    ExportTarget target =
        path -> {
          ExportTarget.PendingFile file = new LocalTarget(tree).create(path);
          return new ExportTarget.PendingFile() {
            @Override
            public OutputStream stream() {
              return file.stream();
            }

            @Override
            public void publish() throws IOException {
              published.add(PayloadType.ofFolder(path.substring(0, path.indexOf('/'))));
              file.publish();
            }

            @Override
            public void discard() throws IOException {
              file.discard();
            }
          };
        };
    try (OtapParquetWriter writer = new OtapParquetWriter(target, ExportOptions.DEFAULT)) {
      for (long seed = 0; seed < 40; seed++) {
        Random random = new Random(seed);
        for (MessageLite request : Worlds.requests(random)) {
          for (OtapBatch batch : Worlds.decode(request)) {
            writer.write(batch);
          }
        }
      }
      writer.roll();
    }
    assertThat(published).containsExactlyInAnyOrder(PayloadType.values());
    for (int i = 1; i < published.size(); i++) {
      assertThat(published.get(i).level()).isLessThanOrEqualTo(published.get(i - 1).level());
    }
  }

  /** Resources count in the same sequence, so rows without ids move it far ahead of any row id. */
  @Test
  void resourcesFarFromTheIdsOfTheirRowsAreFound() throws IOException {
    List<MessageLite> requests = new ArrayList<>();
    try (OtapParquetWriter writer =
        new OtapParquetWriter(new LocalTarget(tree), ExportOptions.DEFAULT)) {
      for (int i = 0; i < 4; i++) {
        ExportLogsServiceRequest request = manyResources(50_000, i);
        requests.add(request);
        for (OtapBatch batch : Worlds.decode(request)) {
          writer.write(batch);
        }
      }
      ExportLogsServiceRequest request = request(true, 4);
      requests.add(request);
      writer.write(Worlds.decode(request).get(0));
      writer.roll();
    }
    splitResources(1000);
    Worlds.assertExact(0, requests, Worlds.replay(tree, Long.MAX_VALUE / 2, ReadOptions.DEFAULT));
  }

  /** Makes two files of the one with the resources. */
  private void splitResources(int at) throws IOException {
    PayloadType type = PayloadType.RESOURCE_ATTRS;
    Path file;
    try (Stream<Path> files = Files.walk(tree.resolve(type.folder()))) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    List<OtapTable> tables = new ArrayList<>();
    try (SeekableInput in = new LocalStorage().open(file.toString())) {
      ParquetFooter footer = ParquetFooter.read(in, file.toString());
      ParquetTableReader reader =
          ParquetTableReader.open(in, footer, type, type.columns(), 0, footer.rows());
      for (OtapTable t = reader.next(1 << 20); t != null; t = reader.next(1 << 20)) {
        tables.add(t);
      }
    }
    OtapTable all = Concatenation.of(type, tables);
    write(file, all.slice(0, at));
    write(file.resolveSibling("part-1-second.parquet"), all.slice(at, all.rows()));
  }

  private static void write(Path file, OtapTable table) throws IOException {
    try (ParquetTableWriter writer =
        new ParquetTableWriter(
            Files.newOutputStream(file), table.type(), WriteOptions.DEFAULT, Map.of())) {
      writer.write(table);
    }
  }

  private static OtapBatch batch(int number) throws IOException {
    return Worlds.decode(request(true, number)).get(0);
  }

  private static ExportLogsServiceRequest request(boolean attribute, int number) {
    LogRecord.Builder log = LogRecord.newBuilder().setTimeUnixNano(number);
    if (attribute) {
      log.addAttributes(attribute(number));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(attribute(number)))
                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
        .build();
  }

  private static ExportLogsServiceRequest manyResources(int count, int number) {
    ExportLogsServiceRequest.Builder out = ExportLogsServiceRequest.newBuilder();
    for (int i = 0; i < count; i++) {
      out.addResourceLogs(request(false, number * count + i).getResourceLogs(0));
    }
    return out.build();
  }

  private static KeyValue attribute(int number) {
    return KeyValue.newBuilder()
        .setKey("service.name")
        .setValue(AnyValue.newBuilder().setIntValue(number))
        .build();
  }
}
