/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A stream that a reference encoder made: {@code testdata/wire/ENCODER/SIGNAL/KIND-MODE}. */
record RecordedStream(Path file, String encoder, Signal signal) {

  static List<RecordedStream> all() {
    Path root = TestData.set("wire");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".otap.binpb"))
          .sorted()
          .map(
              f ->
                  new RecordedStream(
                      f,
                      root.relativize(f).getName(0).toString(),
                      signal(root.relativize(f).getName(1).toString())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Signal signal(String id) {
    return Arrays.stream(Signal.values()).filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  List<BatchArrowRecords> messages() throws IOException {
    List<BatchArrowRecords> out = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      BatchArrowRecords message;
      while ((message = BatchArrowRecords.parseDelimitedFrom(in)) != null) {
        out.add(message);
      }
    }
    return out;
  }

  /** Whether each message begins all Arrow streams anew, with the schema ids of the one before. */
  boolean startsAnew() {
    return file.getFileName().toString().contains("per-message");
  }

  List<OtapBatch> batches() throws IOException {
    List<OtapBatch> out = new ArrayList<>();
    OtapStreamDecoder decoder = new OtapStreamDecoder(signal);
    for (BatchArrowRecords message : messages()) {
      if (startsAnew()) {
        decoder = new OtapStreamDecoder(signal);
      }
      out.addAll(decoder.decode(message));
    }
    return out;
  }

  /** What a right decoder gets from the stream. */
  List<byte[]> expected() throws IOException {
    String name = file.getFileName().toString();
    String kind = name.substring(0, name.indexOf('-'));
    return OtlpFiles.split(file.resolveSibling(kind + "-expected.otlp.binpb"));
  }

  @Override
  public String toString() {
    return encoder + " " + signal.id() + " " + file.getFileName();
  }
}
