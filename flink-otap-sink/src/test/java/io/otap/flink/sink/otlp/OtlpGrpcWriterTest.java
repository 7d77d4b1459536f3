/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.OtlpRequest;
import io.otap.flink.sink.grpc.Backoff;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.grpc.RecordedMetrics;
import io.otap.flink.sink.grpc.SimulatedTask;
import io.otap.flink.sink.grpc.TestRequests;
import io.otap.flink.sink.grpc.TestRequests.Options;
import io.otap.flink.sink.otlp.ScriptedTransport.Attempt;
import io.otap.flink.sink.otlp.ScriptedTransport.Script;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The writer against a scripted receiver, in simulated time. */
class OtlpGrpcWriterTest {

  private static final String ENDPOINT = "collector:4317";
  private static final Script TAKEN = new Script(new Answer.Taken(0, ""), 5);

  private final SimulatedTask task = new SimulatedTask();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private final Options options = new Options();
  private ScriptedTransport transport;

  @Test
  void aFlushWaitsForEveryAcknowledgement() throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(attempt -> new Script(new Answer.Taken(0, ""), 700));
    long start = task.getCurrentProcessingTime();
    for (int i = 0; i < 10; i++) {
      writer.write(TestRequests.logs(10 * i, 10 * i + 10), null);
    }
    assertThat(metrics.count("numRecordsSend")).isZero();
    assertThat(metrics.gauge("requestsInFlight")).isEqualTo(10);
    writer.flush(false);
    assertThat(task.getCurrentProcessingTime()).isEqualTo(start + 700);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(100);
    assertThat(metrics.count("numBytesSend"))
        .isEqualTo(transport.attempts().stream().mapToLong(a -> a.request().length).sum());
    assertThat(metrics.gauge("requestsInFlight")).isEqualTo(0);
    assertThat(metrics.gauge("bytesInFlight")).isEqualTo(0L);
    assertThat(metrics.gauge("currentSendTime")).isEqualTo(700L);
  }

  @Test
  void aFlushThatWaitsTooLongFails() throws Exception {
    options.with(GrpcSinkOptions.FLUSH_TIMEOUT, "30 s");
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.number() == 1 ? new Script(null, -1) : TAKEN);
    writer.write(TestRequests.logs(0, 1), null);
    writer.write(TestRequests.logs(1, 2), null);
    long start = task.getCurrentProcessingTime();
    assertThatThrownBy(() -> writer.flush(false))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(
            "collector:4317 did not acknowledge everything within 30 s at a checkpoint or the end of"
                + " input (1 of 16 requests, ")
        .hasMessageContaining("sink.flush-timeout");
    assertThat(task.getCurrentProcessingTime()).isEqualTo(start + 30_000);
  }

  @Test
  void aFlushIsNotHeldUpByTheTimeOutOfAnEarlierOne() throws Exception {
    options.with(GrpcSinkOptions.FLUSH_TIMEOUT, "10 s");
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(attempt -> new Script(new Answer.Taken(0, ""), 6000));
    for (int i = 0; i < 5; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
      writer.flush(false);
    }
    assertThat(metrics.count("numRecordsSend")).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "CANCELLED",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNAVAILABLE",
        "DATA_LOSS"
      })
  void retryableRefusalsAreTriedAgainWithGrowingPauses(Status.Code code) throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.number() < 8 ? refused(code.toStatus(), null) : TAKEN);
    writer.write(TestRequests.logs(0, 3), null);
    writer.flush(false);
    // The longest pauses: the drawn number is 1. Each has the 5 ms of the answer before it.
    assertThat(transport.pauses())
        .containsExactly(205L, 405L, 805L, 1605L, 3205L, 6405L, 10_005L, 10_005L);
    assertThat(metrics.count("numRetries")).isEqualTo(8);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(3);
    assertThat(metrics.count("numRecordsSendErrors")).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "INVALID_ARGUMENT",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "FAILED_PRECONDITION",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAUTHENTICATED",
        "UNKNOWN",
        "RESOURCE_EXHAUSTED"
      })
  void otherRefusalsFailWithASentence(Status.Code code) throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(attempt -> refused(code.toStatus().withDescription("not\n  today"), new Metadata()));
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false))
        .hasRootCauseInstanceOf(OtapException.class)
        .rootCause()
        .hasMessageStartingWith(
            "the receiver collector:4317 refused a request of 3 logs (49 bytes) with "
                + code
                + ": not today; OTLP allows no retry of that: ");
    assertThat(transport.attempts()).hasSize(1);
    assertThat(metrics.count("numRecordsSendErrors")).isEqualTo(3);
    assertThatThrownBy(() -> writer.write(TestRequests.logs(3, 4), null))
        .as("what failed stays failed")
        .isInstanceOf(OtapException.class);
    assertThatThrownBy(() -> writer.flush(true)).isInstanceOf(OtapException.class);
  }

  @Test
  void anExhaustedReceiverIsTriedAgainWhenItSaysSo() throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(
            attempt ->
                attempt.number() < 3
                    ? refused(Status.RESOURCE_EXHAUSTED, retryInfo(Status.RESOURCE_EXHAUSTED, 20))
                    : TAKEN);
    writer.write(TestRequests.logs(0, 3), null);
    writer.flush(false);
    // A fifth longer than asked for, at most; never shorter.
    assertThat(transport.pauses()).containsExactly(24_005L, 24_005L, 24_005L);
  }

  @Test
  void pushbackIsTakenAtItsWord() throws Exception {
    OtlpGrpcWriter<OtlpRequest> later =
        writer(
            attempt ->
                attempt.number() == 0
                    ? refused(Status.RESOURCE_EXHAUSTED, pushback("5000"))
                    : TAKEN);
    later.write(TestRequests.logs(0, 3), null);
    later.flush(false);
    assertThat(transport.pauses()).containsExactly(6005L);

    OtlpGrpcWriter<OtlpRequest> never =
        writer(attempt -> refused(Status.UNAVAILABLE, pushback("-1")));
    never.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> never.flush(false)).hasStackTraceContaining("OTLP allows no retry");
    assertThat(transport.attempts()).hasSize(1);
  }

  @Test
  void attemptsAreBounded() throws Exception {
    options.with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 4);
    OtlpGrpcWriter<OtlpRequest> writer = writer(attempt -> refused(Status.UNAVAILABLE, null));
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false))
        .rootCause()
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.IO))
        .hasMessageStartingWith(
            "the receiver collector:4317 did not take a request of 3 logs (49 bytes) in 4 attempts"
                + " and 1 s, at last with UNAVAILABLE; ")
        .hasMessageEndingWith("raise sink.retry.deadline and sink.retry.max-attempts");
    assertThat(transport.attempts()).hasSize(4);
  }

  @Test
  void theTimeOfAttemptsIsBounded() throws Exception {
    options.with(GrpcSinkOptions.RETRY_DEADLINE, "9 s");
    OtlpGrpcWriter<OtlpRequest> writer = writer(attempt -> refused(Status.UNAVAILABLE, null));
    long start = task.getCurrentProcessingTime();
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false)).hasStackTraceContaining("in 6 attempts and 6 s");
    assertThat(task.getCurrentProcessingTime()).isLessThanOrEqualTo(start + 9000);
  }

  @Test
  void aRequestThatFailsWhileNobodyWaitsFailsTheTask() throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer = writer(attempt -> refused(Status.INTERNAL, null));
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> task.pass(1000)).hasRootCauseInstanceOf(OtapException.class);
  }

  @Test
  void rejectedRecordsAreCounted() throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(attempt -> new Script(new Answer.Taken(2, "two are too old"), 1));
    writer.write(TestRequests.logs(0, 5), null);
    writer.flush(false);
    assertThat(metrics.count("numRecordsRejected")).isEqualTo(2);
    assertThat(metrics.count("numRecordsSendErrors")).isEqualTo(2);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(5);
    assertThat(transport.attempts()).hasSize(1);
  }

  @Test
  void rejectedRecordsFailTheJobIfAsked() throws Exception {
    options.with(OtlpGrpcSinkOptions.ON_PARTIAL_SUCCESS, "fail");
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(attempt -> new Script(new Answer.Taken(2, "two are too old"), 1));
    writer.write(TestRequests.logs(0, 5), null);
    assertThatThrownBy(() -> writer.flush(false))
        .rootCause()
        .hasMessage(
            "the receiver collector:4317 rejected 2 records of a request of 5 logs (79 bytes): two"
                + " are too old; set sink.on-partial-success to count to go on without them");
    assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(OtapException.class);
  }

  @Test
  void largeRequestsAreSplitBetweenRecords() throws Exception {
    options.with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "1000 b");
    OtlpGrpcWriter<OtlpRequest> writer = writer(attempt -> TAKEN);
    writer.write(TestRequests.logs(0, 1000), null);
    writer.flush(false);
    assertThat(transport.attempts())
        .hasSizeGreaterThan(10)
        .allSatisfy(a -> assertThat(a.request()).hasSizeLessThanOrEqualTo(1000));
    assertThat(
            transport.attempts().stream().flatMap(a -> TestRequests.numbers(a.request()).stream()))
        .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    assertThat(metrics.count("numRecordsSend")).isEqualTo(1000);
  }

  @Test
  void aRecordThatIsTooLargeNamesTheOption() throws Exception {
    options.with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "10 b");
    OtlpGrpcWriter<OtlpRequest> writer = writer(attempt -> TAKEN);
    assertThatThrownBy(() -> writer.write(TestRequests.logs(0, 2), null))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CONFIG))
        .hasMessageStartingWith(
            "a single record of logs with its resource and scope takes 19 bytes, but"
                + " sink.max-message-size allows 10; raise it");
    assertThat(transport.attempts()).isEmpty();
  }

  @Test
  void nothingIsSentForNothing() throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer = writer(attempt -> TAKEN);
    writer.write(TestRequests.logs(0, 0), null);
    writer.flush(true);
    assertThat(transport.attempts()).isEmpty();
  }

  @Test
  void withAWindowOfOneRequestTheOrderIsKept() throws Exception {
    options.with(GrpcSinkOptions.WINDOW_REQUESTS, 1);
    Random random = new Random(1);
    List<Long> taken = new ArrayList<>();
    OtlpGrpcWriter<OtlpRequest> writer =
        writer(
            attempt -> {
              if (random.nextBoolean()) {
                return refused(Status.UNAVAILABLE, null);
              }
              taken.addAll(TestRequests.numbers(attempt.request()));
              return TAKEN;
            });
    for (long i = 0; i < 50; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    assertThat(taken).containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
    assertThat(transport.mostOpen()).isEqualTo(1);
  }

  /** Random receivers: the window is never beyond its bounds, and a flush leaves nothing open. */
  @Test
  void whateverTheReceiverDoesNothingIsLostAndTheWindowHolds() throws Exception {
    long seed = System.nanoTime();
    System.out.println("OtlpGrpcWriterTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int requests = 1 + random.nextInt(8);
      int bytes = 2000 + random.nextInt(4000);
      options
          .with(GrpcSinkOptions.WINDOW_REQUESTS, requests)
          .with(GrpcSinkOptions.WINDOW_BYTES, bytes + " b")
          .with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "2000 b")
          .with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 1000)
          .with(GrpcSinkOptions.RETRY_DEADLINE, "10 h")
          .with(GrpcSinkOptions.FLUSH_TIMEOUT, "1 d");
      double refusing = random.nextDouble() * 0.8;
      BitSet taken = new BitSet();
      OtlpGrpcWriter<OtlpRequest> writer =
          writer(
              attempt -> {
                assertThat((int) metrics.gauge("requestsInFlight")).isLessThanOrEqualTo(requests);
                assertThat((long) metrics.gauge("bytesInFlight")).isLessThanOrEqualTo(bytes);
                int delay = random.nextInt(2000);
                if (random.nextDouble() < refusing) {
                  return new Script(new Answer.Refused(Status.UNAVAILABLE, null), delay);
                }
                for (long n : TestRequests.numbers(attempt.request())) {
                  assertThat(taken.get((int) n)).as("record %d came before", n).isFalse();
                  taken.set((int) n);
                }
                return new Script(new Answer.Taken(0, ""), delay);
              });
      long number = 0;
      for (int i = 0; i < 30; i++) {
        long to = number + random.nextInt(300);
        writer.write(TestRequests.logs(number, to), null);
        number = to;
        if (random.nextInt(5) == 0) {
          writer.flush(false);
          assertThat(metrics.gauge("requestsInFlight")).isEqualTo(0);
          assertThat(taken.nextClearBit(0)).isEqualTo((int) number);
        }
      }
      writer.flush(true);
      assertThat(taken.nextClearBit(0))
          .as("seed %d, round %d", seed, round)
          .isEqualTo((int) number);
      assertThat(transport.mostOpen()).isLessThanOrEqualTo(requests);
    }
  }

  private OtlpGrpcWriter<OtlpRequest> writer(Function<Attempt, Script> script) throws Exception {
    OtlpGrpcSettings settings = OtlpGrpcSettings.of(options.configuration(ENDPOINT));
    transport = new ScriptedTransport(task, script);
    return new OtlpGrpcWriter<>(
        RequestForm.REQUEST,
        settings,
        transport,
        task,
        task,
        new Backoff(settings.grpc().retry(), () -> 1.0),
        metrics);
  }

  private static Script refused(Status status, Metadata trailers) {
    return new Script(new Answer.Refused(status, trailers), 5);
  }

  static Metadata retryInfo(Status status, long seconds) {
    return StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .addDetails(
                    Any.pack(
                        RetryInfo.newBuilder()
                            .setRetryDelay(
                                com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
                            .build()))
                .build())
        .getTrailers();
  }

  static Metadata pushback(String millis) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), millis);
    return trailers;
  }
}
