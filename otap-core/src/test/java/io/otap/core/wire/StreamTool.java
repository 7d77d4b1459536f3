/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.GoldenRequestTest;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Files of requests to files of OTAP messages and back, for comparison with other implementations.
 * Files are sequences of messages, each behind its length as a varint.
 */
public final class StreamTool {

  private StreamTool() {}

  /**
   * @param args {@code encode|decode SIGNAL IN OUT}; for {@code encode}, then {@code none} or
   *     {@code zstd} and names of tables to leave out
   */
  public static void main(String[] args) throws IOException {
    Signal signal = Signal.valueOf(args[1].toUpperCase(Locale.ROOT));
    Path in = Path.of(args[2]);
    Path out = Path.of(args[3]);
    switch (args[0]) {
      case "encode" -> encode(signal, in, out, options(args));
      case "decode" -> decode(signal, in, out);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static EncoderOptions options(String[] args) {
    EncoderOptions options = EncoderOptions.DEFAULT;
    if (args.length > 4) {
      options = options.withCompression(WireCompression.valueOf(args[4].toUpperCase(Locale.ROOT)));
    }
    Set<PayloadType> omitted = EnumSet.noneOf(PayloadType.class);
    for (int i = 5; i < args.length; i++) {
      omitted.add(PayloadType.valueOf(args[i].toUpperCase(Locale.ROOT)));
    }
    return options.withOmitted(omitted);
  }

  private static void encode(Signal signal, Path in, Path out, EncoderOptions options)
      throws IOException {
    OtapStreamEncoder encoder = new OtapStreamEncoder(signal, options);
    List<BatchArrowRecords> messages = new ArrayList<>();
    for (byte[] request : OtlpFiles.split(in)) {
      MessageLite parsed = OtlpRequests.parse(OtlpFiles.parser(signal), request);
      for (OtapBatch batch : GoldenRequestTest.decode(parsed)) {
        messages.addAll(encoder.encode(batch));
      }
    }
    OtlpFiles.write(out, messages);
  }

  private static void decode(Signal signal, Path in, Path out) throws IOException {
    OtapStreamDecoder decoder = new OtapStreamDecoder(signal);
    List<MessageLite> requests = new ArrayList<>();
    for (byte[] message : OtlpFiles.split(in)) {
      for (OtapBatch batch : decoder.decode(message)) {
        requests.add(OtlpRequests.parse(OtlpFiles.parser(signal), OtlpEncoder.encode(batch)));
      }
    }
    OtlpFiles.write(out, requests);
  }
}
