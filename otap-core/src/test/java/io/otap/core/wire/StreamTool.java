/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.GoldenRequestTest;
import io.otap.core.otlp.OtlpFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes OTAP streams of all recorded sets to files, for other implementations to read. A file is a
 * sequence of messages, each behind its length as a varint.
 */
public final class StreamTool {

  /** What a request of this size is usually cut into. */
  private static final int BATCH_SIZE = 1000;

  private StreamTool() {}

  /**
   * For each set and signal, and for cases that need care, with {@code S} for both: {@code
   * S-sent.otlp.binpb} and {@code .otap} of the requests that were sent, {@code
   * S-replayed.otlp.binpb} and {@code .otap} of the batches that are read from the set's tree.
   *
   * @param args the folder to write to, and names of tables to leave out
   */
  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    Set<PayloadType> omitted = Set.of();
    if (args.length > 1) {
      omitted = Set.of(PayloadType.ofFolder(args[1]));
    }
    EncoderOptions options = EncoderOptions.DEFAULT.withOmitted(omitted);
    sent("runs", Signal.LOGS, List.of(WireCases.runs()), options, out);
    sent("doubles", Signal.LOGS, List.of(WireCases.doubles()), options, out);
    sent("exemplars", Signal.METRICS, List.of(WireCases.exemplars()), options, out);
    for (String set : TestData.sets()) {
      for (Signal signal : Signal.values()) {
        List<MessageLite> requests = OtlpFiles.read(TestData.expected(set), signal);
        if (!requests.isEmpty()) {
          String name = set + "-" + signal.id();
          sent(set, signal, requests, options, out);
          List<OtapBatch> replayed =
              TreeBatches.read(
                  TestData.parquet(set).toString(), signal, BATCH_SIZE, Integer.MAX_VALUE);
          TreeBatches.writeOtlp(signal, replayed, out.resolve(name + "-replayed.otlp.binpb"));
          write(signal, replayed, options, out.resolve(name + "-replayed.otap.binpb"));
        }
      }
    }
  }

  private static void sent(
      String set, Signal signal, List<MessageLite> requests, EncoderOptions options, Path out)
      throws IOException {
    String name = set + "-" + signal.id() + "-sent";
    List<OtapBatch> batches = new ArrayList<>();
    for (MessageLite request : requests) {
      batches.addAll(GoldenRequestTest.decode(request));
    }
    OtlpFiles.write(out.resolve(name + ".otlp.binpb"), requests);
    write(signal, batches, options, out.resolve(name + ".otap.binpb"));
  }

  private static void write(
      Signal signal, List<OtapBatch> batches, EncoderOptions options, Path file)
      throws IOException {
    OtapStreamEncoder encoder = new OtapStreamEncoder(signal, options);
    List<BatchArrowRecords> messages = new ArrayList<>();
    for (OtapBatch batch : batches) {
      messages.addAll(encoder.encode(batch));
    }
    OtlpFiles.write(file, messages);
  }
}
