/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.model.Signal;
import io.otap.flink.sink.file.OpenFile;
import io.otap.flink.sink.file.OpenFileSerializer;
import io.otap.flink.sink.file.OtlpFileCommittable;
import io.otap.flink.sink.file.OtlpFileCommittableSerializer;
import io.otap.flink.sink.file.PartFile;
import io.otap.flink.sink.parquet.OpenFiles;
import io.otap.flink.sink.parquet.OpenFilesSerializer;
import io.otap.flink.sink.rolling.Publication;
import io.otap.flink.sink.rolling.PublicationSerializer;
import io.otap.flink.sink.rolling.RolledFile;
import io.otap.flink.sink.rolling.RolledOutput;
import io.otap.flink.sink.rolling.RolledOutputSerializer;
import io.otap.flink.sink.rolling.StagedPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

/**
 * Bytes that the first version wrote lie in the resources under {@code state/} and stay readable.
 * With {@code -Dotap.write-state=DIR} they are written anew, for a version that writes others.
 */
class StoredSinkStateTest {

  private static final List<StagedPart> PARTS =
      List.of(
          new StagedPart("file:/data/.staging-r/logs-00000-ä", 1L << 33),
          new StagedPart("s3://b/.staging-r/journal-00001-b", 0));

  @Test
  void committablesOfBoundedFiles() throws IOException {
    byte[] recoverable = {1, 2, 3};
    check(
        "otlp-file-committable-1",
        new OtlpFileCommittable(
            List.of(new PartFile(Signal.TRACES, "file:/a/b", 5L << 32, 1, recoverable))),
        OtlpFileCommittableSerializer.INSTANCE);
  }

  @Test
  void openFiles() throws IOException {
    check(
        "otlp-open-file-1", new OpenFile(Signal.METRICS, PARTS, 5, 9), OpenFileSerializer.INSTANCE);
    check("parquet-open-files-1", new OpenFiles(PARTS, 5, 9), OpenFilesSerializer.INSTANCE);
  }

  @Test
  void rolledOutput() throws IOException {
    check(
        "rolled-output-1",
        new RolledOutput(
            List.of(
                new RolledFile("", "logs-a", ".binpb", PARTS, false),
                new RolledFile("d=1/logs", "part-a", ".parquet", PARTS.subList(0, 1), true)),
            List.of("file:/spent")),
        RolledOutputSerializer.INSTANCE);
  }

  @Test
  void publications() throws IOException {
    check(
        "publication-1",
        new Publication(
            "file:/data/.staging-r/published-x",
            List.of(
                new Publication.OutputFile("file:/data/logs-a.r.0.3.0.binpb", PARTS, false),
                new Publication.OutputFile("file:/data/x", PARTS.subList(1, 2), true)),
            List.of("file:/old", "file:/older")),
        PublicationSerializer.INSTANCE);
  }

  /** What is stored is read, and is what is written today; a version or an end too few is told. */
  private static <T> void check(String name, T value, SimpleVersionedSerializer<T> serializer)
      throws IOException {
    byte[] bytes =
        stored(name, SimpleVersionedSerialization.writeVersionAndSerialize(serializer, value));
    assertThat(SimpleVersionedSerialization.readVersionAndDeSerialize(serializer, bytes))
        .usingRecursiveComparison()
        .isEqualTo(value);
    assertThat(SimpleVersionedSerialization.writeVersionAndSerialize(serializer, value))
        .isEqualTo(bytes);
    byte[] body = serializer.serialize(value);
    assertThatThrownBy(() -> serializer.deserialize(9, body))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 9");
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> serializer.deserialize(1, cut))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is cut off");
    }
    assertThatThrownBy(() -> serializer.deserialize(1, Arrays.copyOf(body, body.length + 1)))
        .isInstanceOf(IOException.class);
  }

  private static byte[] stored(String name, byte[] written) throws IOException {
    String folder = System.getProperty("otap.write-state");
    if (folder != null) {
      Files.write(Files.createDirectories(Path.of(folder)).resolve(name), written);
      return written;
    }
    try (InputStream in = StoredSinkStateTest.class.getResourceAsStream("/state/" + name)) {
      return in.readAllBytes();
    }
  }
}
