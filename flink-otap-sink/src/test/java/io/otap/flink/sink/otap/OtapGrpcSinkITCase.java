/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.OtlpRequest;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.grpc.Marks;
import io.otap.flink.sink.grpc.TestRequests;
import io.otap.receiver.MemoryStore;
import io.otap.receiver.OtapBehaviour;
import io.otap.receiver.OtapReply;
import io.otap.receiver.OtapService;
import io.otap.receiver.ReceiverServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that send OTAP streams to a receiver that does not always take what comes. */
@Timeout(180)
class OtapGrpcSinkITCase {

  private static final int RECORDS = 4000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private final MemoryStore store = new MemoryStore();
  private final Random random = seeded();
  private OtapService service;
  private volatile ReceiverServer server;

  @BeforeEach
  void clear() {
    Marks.begin(store);
  }

  @AfterEach
  void stop() throws IOException {
    server.kill();
    service.close();
  }

  @Test
  void noCheckpointIsCompleteBeforeTheReceiverHasWhatWasBeforeIt() throws Exception {
    start(
        call ->
            switch (random.nextInt(8)) {
              case 0 -> OtapReply.refuse(StatusCode.UNAVAILABLE, "");
              case 1 -> OtapReply.refuse(StatusCode.RESOURCE_EXHAUSTED, "");
              case 2, 3 -> OtapReply.take().after(Duration.ofMillis(random.nextInt(40)));
              default -> OtapReply.take();
            });
    run(0);
    assertThat(numbers()).containsExactlyElementsOf(LongStream.range(0, RECORDS).boxed().toList());
    assertThat(Marks.COMPLETED).hasPositiveValue();
    assertThat(Marks.EARLY).isEmpty();
  }

  @Test
  void failuresOfJobStreamsAndReceiverLoseNothing() throws Exception {
    start(
        call ->
            switch (random.nextInt(100)) {
              case 0 -> OtapReply.endStream(Status.OK);
              case 1 -> OtapReply.takeButEndStream(Status.UNAVAILABLE);
              case 2, 3, 4, 5 -> OtapReply.refuse(StatusCode.UNAVAILABLE, "");
              default -> OtapReply.take();
            });
    int port = server.port();
    Thread unstable =
        new Thread(
            () -> {
              for (int kills = 1; kills <= 3; kills++) {
                while (store.requests().size() < kills * RECORDS / 100) {
                  Thread.onSpinWait();
                }
                server.kill();
                listen(port);
              }
            });
    unstable.start();
    run(3);
    unstable.join();
    assertThat(Marks.FAILURES).hasValueGreaterThanOrEqualTo(3);
    assertThat(new HashSet<>(numbers()))
        .isEqualTo(new HashSet<>(LongStream.range(0, RECORDS).boxed().toList()));
    assertThat(Marks.EARLY).isEmpty();
  }

  @Test
  void aFinalRefusalFailsTheJob() throws Exception {
    start(call -> OtapReply.refuse(StatusCode.PERMISSION_DENIED, "not this tenant"));
    assertThatThrownBy(() -> run(0))
        .hasRootCauseInstanceOf(OtapException.class)
        .hasStackTraceContaining("PERMISSION_DENIED: not this tenant");
    assertThat(store.requests()).isEmpty();
  }

  @Test
  void nothingOfAPlanTellsASecret() throws Exception {
    start(OtapBehaviour.WILLING);
    StreamExecutionEnvironment env = environment(0);
    OtapGrpcSink<OtlpRequest> sink =
        OtapGrpcSink.forRequests("127.0.0.1:" + server.port())
            .setOption(GrpcSinkOptions.HEADERS, Map.of("x-api-key", "s3cr3t"))
            .build();
    env.fromSequence(0, 0).map(new Marks(0)).returns(OtlpRequest.class).sinkTo(sink);
    assertThat(env.getExecutionPlan()).isNotEmpty().doesNotContain("s3cr3t");
    assertThat(env.getStreamGraph(false).getStreamingPlanAsJSON()).doesNotContain("s3cr3t");
    assertThat(sink.toString()).contains("x-api-key").doesNotContain("s3cr3t");
    env.execute();
    assertThat(store.requests()).hasSize(1);
  }

  private void run(int failures) throws Exception {
    StreamExecutionEnvironment env = environment(failures);
    env.fromSequence(0, RECORDS - 1)
        .map(new Marks(failures))
        .returns(OtlpRequest.class)
        .sinkTo(
            OtapGrpcSink.forRequests("127.0.0.1:" + server.port())
                .setOption(GrpcSinkOptions.RETRY_INITIAL_BACKOFF, Duration.ofMillis(2))
                .setOption(GrpcSinkOptions.RETRY_MAX_BACKOFF, Duration.ofMillis(50))
                .setOption(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 10_000)
                .setOption(OtapGrpcSinkOptions.STREAM_MAX_AGE, Duration.ofMillis(200))
                .build());
    env.execute();
  }

  private static StreamExecutionEnvironment environment(int failures) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY, failures == 0 ? "none" : "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, failures);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    env.enableCheckpointing(20);
    return env;
  }

  private List<Long> numbers() {
    return store.requests().stream()
        .flatMap(request -> TestRequests.numbers(request.bytes()).stream())
        .sorted()
        .toList();
  }

  private void start(OtapBehaviour behaviour) {
    service = new OtapService(store, behaviour);
    listen(0);
  }

  private void listen(int port) {
    try {
      server =
          ReceiverServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              null,
              4 << 20,
              service);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("OtapGrpcSinkITCase seed " + seed);
    return new Random(seed);
  }
}
