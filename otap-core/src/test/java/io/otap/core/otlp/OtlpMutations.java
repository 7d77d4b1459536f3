/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Small damages to telemetry, such as a wrong join or a lost value would do. A comparison that does
 * not notice every one of them is worth nothing.
 */
public final class OtlpMutations {

  /**
   * A damage to the requests of one signal.
   *
   * @param apply changes the builders of the requests; fails if it finds nothing to change
   */
  record Mutation<B>(String name, Signal signal, BiConsumer<List<B>, Random> apply) {}

  private OtlpMutations() {}

  static List<Mutation<?>> all() {
    List<Mutation<?>> out = new ArrayList<>();
    out.addAll(LogMutations.all());
    out.addAll(TraceMutations.all());
    out.addAll(MetricMutations.all());
    return out;
  }

  /** The requests with the damage. */
  @SuppressWarnings("unchecked")
  static List<MessageLite> apply(
      Mutation<?> mutation, List<? extends MessageLite> requests, long seed) {
    List<MessageLite.Builder> builders = new ArrayList<>();
    requests.forEach(r -> builders.add(r.toBuilder()));
    Random random = new Random(seed);
    switch (mutation.signal()) {
      case LOGS ->
          ((Mutation<ExportLogsServiceRequest.Builder>) mutation)
              .apply()
              .accept((List<ExportLogsServiceRequest.Builder>) (List<?>) builders, random);
      case TRACES ->
          ((Mutation<ExportTraceServiceRequest.Builder>) mutation)
              .apply()
              .accept((List<ExportTraceServiceRequest.Builder>) (List<?>) builders, random);
      case METRICS ->
          ((Mutation<ExportMetricsServiceRequest.Builder>) mutation)
              .apply()
              .accept((List<ExportMetricsServiceRequest.Builder>) (List<?>) builders, random);
    }
    return builders.stream().map(MessageLite.Builder::build).toList();
  }

  /** Any one of those that the condition holds for. */
  static <T> T pick(List<T> candidates, Random random, Predicate<T> condition) {
    List<T> fitting = candidates.stream().filter(condition).toList();
    if (fitting.isEmpty()) {
      throw new IllegalStateException("nothing to change");
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  /** An id whose bytes have moved on by four, the last to the front. */
  static ByteString shifted(ByteString id) {
    return id.substring(id.size() - 4).concat(id.substring(0, id.size() - 4));
  }

  /** Whether {@link #shifted} makes a difference. */
  static boolean canShift(ByteString id) {
    return id.size() >= 8 && !shifted(id).equals(id);
  }

  /**
   * Writes each mutation of the requests in a folder to a folder of its own.
   *
   * @param args input folder with files of all signals, output folder, seed
   */
  public static void main(String[] args) throws IOException {
    Path input = Path.of(args[0]);
    Path output = Path.of(args[1]);
    long seed = Long.parseLong(args[2]);
    for (Mutation<?> mutation : all()) {
      Path folder = output.resolve(mutation.name());
      for (Signal signal : Signal.values()) {
        List<MessageLite> requests = OtlpFiles.read(input, signal);
        if (signal == mutation.signal()) {
          requests = apply(mutation, requests, seed);
        }
        OtlpFiles.write(folder.resolve(signal.id() + ".binpb"), requests);
      }
    }
  }
}
