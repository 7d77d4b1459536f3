/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How fast batches of a tree become OTAP messages and messages batches, in one thread. */
public final class StreamBenchmark {

  private static final int WARM_UP = 5;

  private interface Work {
    void run() throws IOException;
  }

  private StreamBenchmark() {}

  /**
   * @param args {@code TREE SIGNAL RECORDS BATCH-SIZE ROUNDS}, and a file to write the records to
   *     as OTLP requests, for other programs
   */
  public static void main(String[] args) throws IOException {
    Signal signal = Signal.valueOf(args[1].toUpperCase(Locale.ROOT));
    List<OtapBatch> batches =
        TreeBatches.read(args[0], signal, Integer.parseInt(args[3]), Integer.parseInt(args[2]));
    int rounds = Integer.parseInt(args[4]);
    if (args.length > 5) {
      TreeBatches.writeOtlp(signal, batches, Path.of(args[5]));
    }
    long records = batches.stream().mapToLong(OtapBatch::rows).sum();
    System.out.printf("%,d records in %,d batches%n", records, batches.size());
    for (WireCompression compression : WireCompression.values()) {
      EncoderOptions options = EncoderOptions.DEFAULT.withCompression(compression);
      List<BatchArrowRecords> messages = encode(signal, batches, options);
      List<byte[]> bytes = messages.stream().map(BatchArrowRecords::toByteArray).toList();
      long size = bytes.stream().mapToLong(b -> b.length).sum();
      double encode = measure(rounds, () -> encode(signal, batches, options));
      double decode = measure(rounds, () -> decode(signal, bytes));
      System.out.printf(
          "%-4s %.1f bytes/record, encode %,.0f records/s, decode %,.0f records/s (CPU)%n",
          compression.name().toLowerCase(Locale.ROOT),
          (double) size / records,
          records / encode,
          records / decode);
    }
  }

  private static List<BatchArrowRecords> encode(
      Signal signal, List<OtapBatch> batches, EncoderOptions options) throws IOException {
    OtapStreamEncoder encoder = new OtapStreamEncoder(signal, options);
    List<BatchArrowRecords> out = new ArrayList<>();
    for (OtapBatch batch : batches) {
      for (BatchArrowRecords message : encoder.encode(batch)) {
        out.add(message);
      }
    }
    return out;
  }

  private static void decode(Signal signal, List<byte[]> messages) throws IOException {
    OtapStreamDecoder decoder = new OtapStreamDecoder(signal);
    for (byte[] message : messages) {
      decoder.decode(message);
    }
  }

  /** Median of the CPU seconds of a round of this thread, after warm-up. */
  private static double measure(int rounds, Work work) throws IOException {
    double[] seconds = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      work.run();
      if (round >= 0) {
        seconds[round] =
            (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
      }
    }
    Arrays.sort(seconds);
    return seconds[rounds / 2];
  }
}
