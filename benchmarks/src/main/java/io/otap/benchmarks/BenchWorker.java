/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import com.google.protobuf.MessageLite;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpBuffer;
import io.otap.core.select.ReadSelection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs one workload for each line of its input and answers with a line of JSON, so that a runner
 * can have rounds in turn with other engines. Also writes what it read as OTLP, to be compared with
 * what was sent.
 */
public final class BenchWorker {

  private static final String OPS = "decode-ids,decode-copy,list,join,batches,otlp,protobuf";

  private final BenchTree tree;
  private List<OtapBatch> batches;

  private BenchWorker(BenchTree tree) {
    this.tree = tree;
  }

  /**
   * @param args the tree
   */
  public static void main(String[] args) throws IOException {
    BenchWorker worker = new BenchWorker(new BenchTree(args[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("{\"ops\": \"%s\"}".formatted(OPS));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(worker.answer(line.trim().split(" ", 2)));
    }
  }

  private String answer(String[] request) throws IOException {
    return switch (request[0]) {
      case "decode-ids" -> decode(new ColumnScan(tree), true);
      case "decode-copy" -> decode(new ColumnScan(tree), false);
      case "list" -> list();
      case "join" -> read(tree.recordsWithAttributes());
      case "batches" -> read(ReadSelection.ALL);
      case "otlp" -> encode();
      case "protobuf" -> rebuild();
      case "sums" -> sums(new ColumnScan(tree).sums());
      case "write" -> write(Path.of(request[1]));
      default -> "{\"error\": \"no workload %s\"}".formatted(request[0]);
    };
  }

  private static String decode(ColumnScan scan, boolean ids) throws IOException {
    Measurement measurement = new Measurement();
    long[] sum = new long[1];
    measurement.measure(() -> sum[0] = ids ? scan.ids() : scan.copied());
    return measurement.json(scan.rows(), sum[0]);
  }

  private String list() throws IOException {
    Measurement measurement = new Measurement();
    long[] splits = new long[1];
    measurement.measure(() -> splits[0] = tree.plan().size());
    return measurement.json(splits[0], splits[0]);
  }

  private String read(ReadSelection selection) throws IOException {
    Measurement measurement = new Measurement();
    long[] counted = new long[2];
    measurement.measure(
        () ->
            tree.batches(
                selection,
                batch -> {
                  counted[0] += batch.rows();
                  counted[1]++;
                }));
    return measurement.json(counted[0], counted[1]);
  }

  private String encode() throws IOException {
    Measurement measurement = new Measurement();
    long rows = 0;
    long[] bytes = new long[1];
    OtlpBuffer buffer = new OtlpBuffer();
    for (OtapBatch batch : batches()) {
      measurement.measure(() -> bytes[0] += buffer.encode(batch).toByteArray().length);
      rows += batch.rows();
    }
    return measurement.json(rows, bytes[0]);
  }

  private String rebuild() throws IOException {
    Measurement measurement = new Measurement();
    long rows = 0;
    long[] bytes = new long[1];
    for (OtapBatch batch : batches()) {
      MessageLite request = Requests.of(batch);
      measurement.measure(() -> bytes[0] += ProtobufRebuild.bytes(request).length);
      rows += batch.rows();
    }
    return measurement.json(rows, bytes[0]);
  }

  private List<OtapBatch> batches() throws IOException {
    if (batches == null) {
      batches = tree.batches();
    }
    return batches;
  }

  private static String sums(Map<String, Long> sums) {
    return sums.entrySet().stream()
        .map(e -> "\"%s\": %d".formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /**
   * Writes a request for each batch, once as the connector encodes it and once as protobuf-java
   * builds it.
   */
  private String write(Path folder) throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Path rebuilt = Files.createDirectories(folder.resolve("rebuilt"));
    String name = tree.plan().get(0).signal().id() + ".binpb";
    long[] rows = new long[1];
    try (OutputStream one = Files.newOutputStream(own.resolve(name));
        OutputStream other = Files.newOutputStream(rebuilt.resolve(name))) {
      tree.batches(
          batch -> {
            MessageLite request = Requests.of(batch);
            request.writeDelimitedTo(one);
            ProtobufRebuild.rebuilt(request).writeDelimitedTo(other);
            rows[0] += batch.rows();
          });
    }
    return "{\"rows\": %d}".formatted(rows[0]);
  }
}
