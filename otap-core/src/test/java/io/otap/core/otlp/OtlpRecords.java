/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A multiset of the records of requests. */
public final class OtlpRecords {

  /**
   * Number of records and the sum modulo 2^256 of their SHA-256: independent of the order.
   *
   * @param records number of records
   * @param sum the sum, in 64 hexadecimal digits
   */
  public record Digest(long records, String sum) {}

  /** Some equal records. */
  static final class Entry {
    final OtlpRecord record;
    long count;

    Entry(OtlpRecord record) {
      this.record = record;
    }
  }

  private final OtlpFlattener flattener;
  private final Map<Signal, Map<BigInteger, Entry>> records = new EnumMap<>(Signal.class);

  /**
   * @param ignoredFields names of fields, as in {@link OtlpRecord#all()}, to leave out
   */
  public OtlpRecords(ComparisonProfile profile, String... ignoredFields) {
    flattener = new OtlpFlattener(profile, Set.of(ignoredFields));
    for (Signal signal : Signal.values()) {
      records.put(signal, new LinkedHashMap<>());
    }
  }

  /** Adds all requests in a folder (see {@link OtlpFiles}). */
  public OtlpRecords addFolder(Path folder) throws IOException {
    for (Signal signal : Signal.values()) {
      OtlpFiles.read(folder, signal).forEach(this::add);
    }
    return this;
  }

  /** Adds an export request of any signal. */
  public OtlpRecords add(MessageLite request) {
    if (request instanceof ExportLogsServiceRequest logs) {
      flattener.flatten(logs, r -> add(Signal.LOGS, r));
    } else if (request instanceof ExportTraceServiceRequest traces) {
      flattener.flatten(traces, r -> add(Signal.TRACES, r));
    } else if (request instanceof ExportMetricsServiceRequest metrics) {
      flattener.flatten(metrics, r -> add(Signal.METRICS, r));
    } else {
      throw new IllegalArgumentException("no export request: " + request.getClass());
    }
    return this;
  }

  /** Adds the bytes of a request. */
  public OtlpRecords add(Signal signal, byte[] request) throws IOException {
    return add(OtlpRequests.parse(OtlpFiles.parser(signal), request));
  }

  /** Adds the records of a batch, by way of {@link OtlpEncoder}. */
  public OtlpRecords add(OtapBatch batch) throws IOException {
    return add(batch.signal(), OtlpEncoder.encode(batch));
  }

  private void add(Signal signal, OtlpRecord record) {
    records
        .get(signal)
        .computeIfAbsent(new BigInteger(1, record.hash()), h -> new Entry(record))
        .count++;
  }

  Map<BigInteger, Entry> entries(Signal signal) {
    return records.get(signal);
  }

  public long count(Signal signal) {
    return records.get(signal).values().stream().mapToLong(e -> e.count).sum();
  }

  public Digest digest(Signal signal) {
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<BigInteger, Entry> e : records.get(signal).entrySet()) {
      sum = sum.add(e.getKey().multiply(BigInteger.valueOf(e.getValue().count)));
    }
    sum = sum.mod(BigInteger.ONE.shiftLeft(256));
    return new Digest(count(signal), "%064x".formatted(sum));
  }
}
