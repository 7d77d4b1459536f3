/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Files of requests, each preceded by its length as a varint. The name begins with the signal and
 * ends with {@code .binpb}.
 */
public final class OtlpFiles {

  private OtlpFiles() {}

  /** The files of a signal in a folder, sorted; or the file itself. */
  public static List<Path> files(Path folder, Signal signal) throws IOException {
    if (Files.isRegularFile(folder)) {
      return isOf(folder, signal) ? List.of(folder) : List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".binpb") && isOf(f, signal))
          .sorted()
          .toList();
    }
  }

  private static boolean isOf(Path file, Signal signal) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith(signal.id());
  }

  /** All requests of a signal in a folder. */
  public static List<MessageLite> read(Path folder, Signal signal) throws IOException {
    List<MessageLite> out = new ArrayList<>();
    for (Path file : files(folder, signal)) {
      for (byte[] request : split(file)) {
        out.add(OtlpRequests.parse(parser(signal), request));
      }
    }
    return out;
  }

  /** The batches of a request of any signal. */
  public static List<OtapBatch> decode(MessageLite request) throws IOException {
    if (request instanceof ExportLogsServiceRequest logs) {
      return OtlpDecoder.decode(logs);
    }
    return request instanceof ExportTraceServiceRequest traces
        ? OtlpDecoder.decode(traces)
        : OtlpDecoder.decode((ExportMetricsServiceRequest) request);
  }

  /** Writes requests to a file. */
  public static void write(Path file, List<? extends MessageLite> requests) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      for (MessageLite request : requests) {
        coded.writeMessageNoTag(request);
      }
      coded.flush();
    }
  }

  public static Parser<? extends MessageLite> parser(Signal signal) {
    return switch (signal) {
      case LOGS -> ExportLogsServiceRequest.parser();
      case TRACES -> ExportTraceServiceRequest.parser();
      case METRICS -> ExportMetricsServiceRequest.parser();
    };
  }

  /** The bytes of each message of a file. */
  public static List<byte[]> split(Path file) throws IOException {
    return split(Files.readAllBytes(file), file);
  }

  private static List<byte[]> split(byte[] data, Path file) throws IOException {
    List<byte[]> out = new ArrayList<>();
    int at = 0;
    while (at < data.length) {
      long size = 0;
      int shift = 0;
      byte b;
      do {
        if (at == data.length || shift > 28) {
          throw new IOException(file + ": no length at " + at);
        }
        b = data[at++];
        size |= (long) (b & 0x7F) << shift;
        shift += 7;
      } while (b < 0);
      if (size > data.length - at) {
        throw new IOException(
            file + ": the message of " + size + " bytes at " + at + " ends early");
      }
      out.add(Arrays.copyOfRange(data, at, at + (int) size));
      at += (int) size;
    }
    return out;
  }
}
