/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import static io.otap.flink.sink.otap.ScriptedReceiver.end;
import static io.otap.flink.sink.otap.ScriptedReceiver.refused;
import static io.otap.flink.sink.otap.ScriptedReceiver.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.otlp.OtlpRequest;
import io.otap.core.wire.TreeBatches;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.grpc.RecordedMetrics;
import io.otap.flink.sink.grpc.SimulatedTask;
import io.otap.flink.sink.grpc.TestRequests;
import io.otap.flink.sink.grpc.TestRequests.Options;
import io.otap.flink.sink.otap.ScriptedReceiver.Attempt;
import io.otap.flink.sink.otap.ScriptedReceiver.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The writer against a scripted receiver, in simulated time. */
class OtapGrpcWriterTest {

  private static final String ENDPOINT = "engine:4317";

  @TempDir private Path folder;

  private final SimulatedTask task = new SimulatedTask();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private final Options options = new Options();
  private ScriptedReceiver receiver;

  @Test
  void aFlushWaitsForEveryAcknowledgement() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> taken(700));
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
        .isEqualTo(receiver.attempts().stream().mapToLong(Attempt::bytes).sum());
    assertThat(metrics.gauge("requestsInFlight")).isEqualTo(0);
    assertThat(metrics.gauge("bytesInFlight")).isEqualTo(0L);
    assertThat(metrics.gauge("currentSendTime")).isEqualTo(700L);
    assertThat(receiver.streams()).isEqualTo(1);
    assertThat(metrics.count("numStreams")).isEqualTo(1);
  }

  @Test
  void answersComeInAnyOrder() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> taken(1000 - 100 * attempt.number()));
    for (int i = 0; i < 8; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    task.pass(350);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(1);
    writer.flush(false);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(8);
    assertThat(receiver.attempts()).hasSize(8);
  }

  @Test
  void aFlushThatWaitsTooLongFails() throws Exception {
    options
        .with(GrpcSinkOptions.FLUSH_TIMEOUT, "20 s")
        .with(GrpcSinkOptions.REQUEST_TIMEOUT, "1 h");
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.number() == 1 ? new ScriptedReceiver.Silence() : taken(5));
    writer.write(TestRequests.logs(0, 1), null);
    writer.write(TestRequests.logs(1, 2), null);
    long start = task.getCurrentProcessingTime();
    assertThatThrownBy(() -> writer.flush(false))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(
            "engine:4317 did not acknowledge everything within 20 s at a checkpoint or the end of"
                + " input (1 of 16 requests, ")
        .hasMessageContaining("sink.flush-timeout");
    assertThat(task.getCurrentProcessingTime()).isEqualTo(start + 20_000);
    assertThatThrownBy(() -> writer.write(TestRequests.logs(2, 3), null))
        .as("what failed stays failed")
        .isInstanceOf(OtapException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = StatusCode.class,
      names = {
        "UNAVAILABLE",
        "RESOURCE_EXHAUSTED",
        "CANCELED",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "INTERNAL",
        "UNRECOGNIZED"
      })
  void refusalsThatMayPassAreTriedAgainWithGrowingPauses(StatusCode code) throws Exception {
    options.with(OtapGrpcSinkOptions.STREAM_MAX_AGE, "1 h");
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.number() < 8 ? refused(code, "later") : taken(5));
    writer.write(TestRequests.logs(0, 3), null);
    writer.flush(false);
    // The longest pauses: the drawn number is 1. Each has the 5 ms of the answer before it.
    assertThat(receiver.pauses())
        .containsExactly(205L, 405L, 805L, 1605L, 3205L, 6405L, 10_005L, 10_005L);
    assertThat(metrics.count("numRetries")).isEqualTo(8);
    assertThat(metrics.count("numResends")).isZero();
    assertThat(metrics.count("numRecordsSend")).isEqualTo(3);
    assertThat(metrics.count("numRecordsSendErrors")).isZero();
    assertThat(receiver.streams()).isEqualTo(1);
  }

  @Test
  void oneRefusalDoesNotHoldUpTheOthers() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer =
        writer(
            attempt ->
                attempt.numbers().contains(3L) && attempt.number() < 20
                    ? refused(StatusCode.UNAVAILABLE, "")
                    : taken(5));
    long start = task.getCurrentProcessingTime();
    for (int i = 0; i < 16; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    task.pass(100);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(15);
    writer.flush(false);
    assertThat(task.getCurrentProcessingTime()).isGreaterThan(start + 3000);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(16);
  }

  @Test
  void aBatchThatIsRefusedForGoodFailsTheJob() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> refused(StatusCode.INVALID_ARGUMENT, "not\n  today"));
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false))
        .rootCause()
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.IO))
        .hasMessageStartingWith("the receiver engine:4317 refused a batch of 3 logs (message of ")
        .hasMessageEndingWith(
            " with INVALID_ARGUMENT: not today; see the receiver's log, or set sink.dead-letter to a"
                + " folder where such batches are put aside");
    assertThat(receiver.attempts()).hasSize(1);
    assertThat(metrics.count("numRecordsSendErrors")).isEqualTo(3);
    assertThatThrownBy(() -> writer.flush(true)).isInstanceOf(OtapException.class);
  }

  @Test
  void aBatchThatIsRefusedForGoodIsPutAside() throws Exception {
    withDeadLetters();
    OtapGrpcWriter<OtlpRequest> writer =
        writer(
            attempt ->
                attempt.numbers().get(0) % 3 == 1
                    ? refused(StatusCode.INVALID_ARGUMENT, "no")
                    : taken(5));
    for (int i = 0; i < 9; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(false);
    assertThat(deadNumbers()).containsExactlyInAnyOrder(1L, 4L, 7L);
    assertThat(metrics.count("numDeadLetters")).isEqualTo(3);
    assertThat(metrics.count("numRecordsDeadLettered")).isEqualTo(3);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(6);
    assertThat(metrics.count("numRecordsSendErrors")).isEqualTo(3);
    assertThat(metrics.gauge("requestsInFlight")).isEqualTo(0);
  }

  /** The engine refuses every failure of its pipeline with UNAVAILABLE, for ever if need be. */
  @Test
  void aFolderThatCannotBeMadeIsRefusedAtTheStart() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    org.apache.flink.core.fs.Path asked =
        new org.apache.flink.core.fs.Path(file.resolve("letters").toUri());
    assertThatThrownBy(() -> DeadLetters.prepare(asked))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("option sink.dead-letter cannot be " + asked);
    assertThatThrownBy(() -> DeadLetters.prepare(asked.getParent()))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("what fits is a folder");
  }

  @Test
  void aBatchThatIsRefusedAllTheTimeIsPutAside() throws Exception {
    withDeadLetters();
    options.with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 4);
    OtapGrpcWriter<OtlpRequest> writer =
        writer(
            attempt ->
                attempt.numbers().contains(1L) ? refused(StatusCode.UNAVAILABLE, "") : taken(5));
    for (int i = 0; i < 3; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(false);
    assertThat(deadNumbers()).containsExactly(1L);
    assertThat(receiver.attempts()).hasSize(6);
  }

  @Test
  void anOverloadedReceiverFailsTheJobAndPutsNothingAside() throws Exception {
    withDeadLetters();
    options.with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 4);
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> refused(StatusCode.RESOURCE_EXHAUSTED, "memory"));
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false))
        .rootCause()
        .hasMessageContaining(
            "in 4 attempts and 1 s, at last with RESOURCE_EXHAUSTED: memory; see whether it works");
    assertThat(deadNumbers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = StatusCode.class,
      names = {"PERMISSION_DENIED", "UNAUTHENTICATED"})
  void aReceiverThatTakesNothingFailsTheJob(StatusCode code) throws Exception {
    withDeadLetters();
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> refused(code, "who?"));
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false))
        .rootCause()
        .hasMessageStartingWith(
            "the receiver engine:4317 takes nothing from this sink: " + code + ": who?; check that")
        .hasMessageContaining("sink.bearer-token-file");
    assertThat(deadNumbers()).isEmpty();
    assertThat(receiver.attempts()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"PERMISSION_DENIED", "UNAUTHENTICATED", "UNIMPLEMENTED"})
  void aStreamThatIsDeniedFailsTheJob(Status.Code code) throws Exception {
    withDeadLetters();
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> end(code.toStatus()));
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false)).hasStackTraceContaining("takes nothing");
    assertThat(deadNumbers()).isEmpty();
    assertThat(receiver.attempts()).hasSize(1);
  }

  /** The engine ends the stream with OK over a batch that it cannot decode. */
  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"OK", "INTERNAL", "INVALID_ARGUMENT", "UNKNOWN"})
  void aBatchOverWhichStreamsEndIsFoundAndPutAside(Status.Code code) throws Exception {
    withDeadLetters();
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.numbers().contains(7L) ? end(code.toStatus()) : taken(50));
    for (int i = 0; i < 12; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(false);
    assertThat(deadNumbers()).containsExactly(7L);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(11);
    assertThat(attemptsOf(7)).as("with the others, then alone").isEqualTo(1 + 4);
    // All 12 were sent again, and 7 three times more.
    assertThat(metrics.count("numResends")).isEqualTo(12 + 3);
    assertThat(metrics.count("numRecordsResent")).isEqualTo(12 + 3);
    assertThat(receiver.attempts().subList(12, receiver.attempts().size()))
        .as("suspects go alone")
        .allSatisfy(attempt -> assertThat(attempt.openBefore()).isZero());
    long number = 12;
    for (; number < 20; number++) {
      writer.write(TestRequests.logs(number, number + 1), null);
    }
    assertThat(metrics.gauge("requestsInFlight")).as("all is as before").isEqualTo(8);
    writer.flush(true);
    assertThat(receiver.attempts().get(receiver.attempts().size() - 1).openBefore()).isEqualTo(7);
  }

  @Test
  void aBatchOverWhichStreamsEndFailsTheJobAfterSomeAttempts() throws Exception {
    options.with(OtapGrpcSinkOptions.SUSPECT_MAX_ATTEMPTS, 3);
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.numbers().contains(1L) ? end(Status.OK) : taken(50));
    for (int i = 0; i < 3; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    assertThatThrownBy(() -> writer.flush(false))
        .rootCause()
        .hasMessageStartingWith(
            "the receiver engine:4317 ended the stream 3 times, at last with OK, when nothing was"
                + " unanswered but a batch of 1 logs (message of ")
        .hasMessageContaining("sink.dead-letter");
    assertThat(attemptsOf(1)).isEqualTo(1 + 3);
  }

  @Test
  void aReceiverThatCannotReadCompressedColumnsGetsThemPlain() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.compressed() ? end(Status.OK) : taken(50));
    for (int i = 0; i < 3; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(false);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(3);
    int before = receiver.attempts().size();
    for (int i = 3; i < 6; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(false);
    assertThat(receiver.attempts()).as("no more is refused").hasSize(before + 3);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(6);
  }

  @Test
  void aBatchThatNobodyCanReadLeavesTheColumnsCompressed() throws Exception {
    withDeadLetters();
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.numbers().contains(0L) ? end(Status.OK) : taken(50));
    writer.write(TestRequests.logs(0, 1), null);
    writer.flush(false);
    writer.write(TestRequests.logs(1, 2), null);
    writer.flush(false);
    assertThat(deadNumbers()).containsExactly(0L);
    assertThat(receiver.attempts().get(3).compressed()).as("the last resort").isFalse();
    assertThat(receiver.attempts().get(4).compressed()).isTrue();
  }

  @Test
  void newBatchesWaitUntilTheSuspectsAreCleared() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.number() == 3 ? end(Status.OK) : taken(100));
    for (int i = 0; i < 4; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    task.pass(10);
    for (int i = 4; i < 10; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    assertThat(receiver.attempts()).as("a pause after the end").hasSize(4);
    writer.flush(false);
    List<Attempt> after = receiver.attempts().subList(4, 14);
    assertThat(after.stream().map(attempt -> attempt.numbers().get(0)))
        .containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
    assertThat(after.stream().map(Attempt::openBefore))
        .containsExactly(0, 0, 0, 0, 0, 1, 2, 3, 4, 5);
    assertThat(metrics.count("numResends")).isEqualTo(4);
    assertThat(metrics.count("numRecordsSendErrors")).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "CANCELLED", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"})
  void aReceiverThatIsAwayIsTriedAsLongAsAllowedAndConvictsNoBatch(Status.Code code)
      throws Exception {
    withDeadLetters();
    options.with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 7);
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> end(code.toStatus()));
    writer.write(TestRequests.logs(0, 3), null);
    writer.write(TestRequests.logs(3, 5), null);
    assertThatThrownBy(() -> writer.flush(false))
        .rootCause()
        .hasMessageStartingWith("the receiver engine:4317 did not take a batch of 3 logs (message")
        .hasMessageContaining(" in 7 attempts and 12 s, at last with " + code)
        .hasMessageContaining("raise sink.retry.deadline and sink.retry.max-attempts");
    assertThat(attemptsOf(0)).isEqualTo(7);
    assertThat(deadNumbers()).isEmpty();
  }

  @Test
  void theTimeOfAttemptsIsBounded() throws Exception {
    options.with(GrpcSinkOptions.RETRY_DEADLINE, "9 s");
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> end(Status.UNAVAILABLE));
    long start = task.getCurrentProcessingTime();
    writer.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> writer.flush(false)).hasStackTraceContaining("in 6 attempts and 6 s");
    assertThat(task.getCurrentProcessingTime()).isLessThanOrEqualTo(start + 9000);
  }

  @Test
  void aStreamThatEndsWhenAllIsAnsweredIsNoFailure() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer =
        writer(
            attempt ->
                attempt.number() == 0
                    ? new ScriptedReceiver.Both(
                        taken(5), new ScriptedReceiver.End(Status.UNAVAILABLE, null, 20))
                    : taken(5));
    writer.write(TestRequests.logs(0, 1), null);
    writer.flush(false);
    task.pass(100);
    long before = task.getCurrentProcessingTime();
    writer.write(TestRequests.logs(1, 2), null);
    writer.flush(false);
    assertThat(task.getCurrentProcessingTime()).as("no pause").isEqualTo(before + 5);
    assertThat(metrics.count("numResends")).isZero();
    assertThat(metrics.count("numStreams")).isEqualTo(2);
  }

  @Test
  void pushbackIsTakenAtItsWord() throws Exception {
    OtapGrpcWriter<OtlpRequest> later =
        writer(
            attempt ->
                attempt.number() == 0
                    ? new ScriptedReceiver.End(Status.RESOURCE_EXHAUSTED, pushback("5000"), 5)
                    : taken(5));
    later.write(TestRequests.logs(0, 3), null);
    later.flush(false);
    assertThat(receiver.pauses()).containsExactly(6005L);

    OtapGrpcWriter<OtlpRequest> never =
        writer(attempt -> new ScriptedReceiver.End(Status.UNAVAILABLE, pushback("-1"), 5));
    never.write(TestRequests.logs(0, 3), null);
    assertThatThrownBy(() -> never.flush(false)).hasStackTraceContaining("takes nothing");
    assertThat(receiver.attempts()).hasSize(1);
  }

  @Test
  void anAnswerThatStaysAwayEndsTheStream() throws Exception {
    options.with(GrpcSinkOptions.REQUEST_TIMEOUT, "8 s");
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> attempt.number() == 1 ? new ScriptedReceiver.Silence() : taken(5));
    for (int i = 0; i < 3; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
      task.pass(100);
    }
    long start = task.getCurrentProcessingTime();
    writer.flush(false);
    assertThat(receiver.isCancelled(0)).isTrue();
    assertThat(task.getCurrentProcessingTime()).isBetween(start + 7_800, start + 8_300);
    assertThat(receiver.attempts().stream().map(attempt -> attempt.numbers().get(0)))
        .containsExactly(0L, 1L, 2L, 1L);
    assertThat(metrics.count("numRecordsResent")).isEqualTo(1);
    task.pass(20_000);
    assertThat(receiver.streams()).as("no later surprise").isEqualTo(2);
  }

  @Test
  void streamsAreRenewedBeforeTheReceiverEndsThem() throws Exception {
    options.with(OtapGrpcSinkOptions.STREAM_MAX_AGE, "10 s");
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> taken(3000));
    for (int i = 0; i < 30; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
      task.pass(1000);
    }
    writer.flush(true);
    // The drawn number is 1: a twentieth earlier.
    Map<Integer, Long> first = new HashMap<>();
    Map<Integer, Long> last = new HashMap<>();
    for (Attempt attempt : receiver.attempts()) {
      first.putIfAbsent(attempt.stream(), attempt.at());
      last.put(attempt.stream(), attempt.at());
    }
    assertThat(receiver.streams()).isEqualTo(3);
    for (int stream = 0; stream < 3; stream++) {
      assertThat(last.get(stream) - first.get(stream)).isLessThanOrEqualTo(9500);
      assertThat(receiver.isHalfClosed(stream)).isEqualTo(stream < 2);
    }
    assertThat(receiver.attempts()).as("nothing was sent twice").hasSize(30);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(30);
    assertThat(metrics.count("numResends")).isZero();
  }

  @Test
  void largeBatchesAreCutBetweenRecords() throws Exception {
    int limit = 20_000;
    options.with(GrpcSinkOptions.MAX_MESSAGE_SIZE, limit + " b");
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> taken(5));
    for (int i = 0; i < 3; i++) {
      writer.write(noisyLogs(200 * i, 200 * i + 200, 1000), null);
    }
    writer.flush(false);
    assertThat(receiver.attempts())
        .hasSizeBetween(30, 100)
        .allSatisfy(attempt -> assertThat(attempt.bytes()).isLessThanOrEqualTo(limit));
    assertThat(receiver.attempts().stream().flatMap(attempt -> attempt.numbers().stream()))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 600).boxed().toList());
    assertThat(metrics.count("numRecordsSend")).isEqualTo(600);
    assertThat(receiver.mostOpen()).isLessThanOrEqualTo(16);
    assertThat(metrics.gauge("requestsInFlight")).isEqualTo(0);
    assertThat(metrics.gauge("bytesInFlight")).isEqualTo(0L);
  }

  @Test
  void aRecordThatIsTooLargeNamesTheOption() throws Exception {
    options.with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "6 kb");
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> taken(5));
    assertThatThrownBy(() -> writer.write(noisyLogs(0, 1, 10_000), null))
        .isInstanceOf(OtapException.class)
        .hasMessageStartingWith(
            "a single record of logs with what belongs to it does not fit into a message of 6144"
                + " bytes, as sink.max-message-size allows here");
    assertThat(receiver.attempts()).isEmpty();

    withDeadLetters();
    OtapGrpcWriter<OtlpRequest> lenient = writer(attempt -> taken(5));
    lenient.write(noisyLogs(0, 1, 10_000), null);
    lenient.write(TestRequests.logs(1, 3), null);
    lenient.flush(true);
    assertThat(deadNumbers()).containsExactly(0L);
    assertThat(receiver.attempts()).hasSize(1);
  }

  @Test
  void aBatchThatIsLargerThanTheWindowGoesByItself() throws Exception {
    options
        .with(GrpcSinkOptions.WINDOW_BYTES, "20 kb")
        .with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "20 kb");
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> taken(100));
    writer.write(TestRequests.logs(0, 3), null);
    writer.write(TestRequests.logs(3, 1500), null);
    writer.write(TestRequests.logs(1500, 1502), null);
    assertThat((long) metrics.gauge("bytesInFlight")).isLessThanOrEqualTo(20 * 1024);
    writer.flush(true);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(1502);
    assertThat(receiver.mostOpen()).isEqualTo(1);
  }

  @Test
  void whatAPeerCannotTakeIsLeftOutAndCountedOnce() throws Exception {
    options.with(OtapGrpcSinkOptions.PEER, "go");
    OtapGrpcWriter<OtlpRequest> go =
        writer(attempt -> attempt.number() == 0 ? end(Status.OK) : taken(5));
    go.write(metric(), null);
    go.flush(true);
    assertThat(receiver.attempts()).hasSize(2);
    assertThat(metrics.count("numRowsOmitted")).isEqualTo(2);

    options.with(OtapGrpcSinkOptions.PEER, "engine");
    OtapGrpcWriter<OtlpRequest> engine = writer(attempt -> taken(5));
    engine.write(metric(), null);
    engine.flush(true);
    assertThat(metrics.count("numRowsOmitted")).isEqualTo(2);
  }

  @Test
  void answersToOtherBatchesAreCountedAndIgnored() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer =
        writer(attempt -> new ScriptedReceiver.Confused(77, taken(50)));
    writer.write(TestRequests.logs(0, 1), null);
    task.pass(10);
    assertThat(metrics.count("numRecordsSend")).isZero();
    writer.flush(true);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(1);
    assertThat(metrics.count("numUnknownAnswers")).isEqualTo(1);
  }

  @Test
  void nothingIsSentForNothing() throws Exception {
    OtapGrpcWriter<OtlpRequest> writer = writer(attempt -> taken(5));
    writer.write(TestRequests.logs(0, 0), null);
    writer.flush(true);
    assertThat(receiver.streams()).isZero();
  }

  @Test
  void withAWindowOfOneBatchTheOrderIsKept() throws Exception {
    options.with(GrpcSinkOptions.WINDOW_REQUESTS, 1);
    Random random = new Random(1);
    List<Long> taken = new ArrayList<>();
    OtapGrpcWriter<OtlpRequest> writer =
        writer(
            attempt -> {
              if (random.nextBoolean()) {
                return random.nextBoolean()
                    ? refused(StatusCode.UNAVAILABLE, "")
                    : end(Status.UNAVAILABLE);
              }
              taken.addAll(attempt.numbers());
              return taken(5);
            });
    for (long i = 0; i < 50; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    assertThat(taken).containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
    assertThat(receiver.mostOpen()).isEqualTo(1);
  }

  /**
   * Random receivers: every record is taken or put aside; what comes twice was counted as sent
   * again; the window is never beyond its bounds; a flush leaves nothing open; poison is found.
   */
  @Test
  void whateverTheReceiverDoesNothingIsLostAndTheWindowHolds() throws Exception {
    long seed = System.nanoTime();
    System.out.println("OtapGrpcWriterTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      Path dead = folder.resolve("dead-" + round);
      int requests = 1 + random.nextInt(8);
      int bytes = 4000 + random.nextInt(8000);
      options
          .with(GrpcSinkOptions.WINDOW_REQUESTS, requests)
          .with(GrpcSinkOptions.WINDOW_BYTES, bytes + " b")
          .with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "4000 b")
          .with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 1000)
          .with(GrpcSinkOptions.RETRY_DEADLINE, "10 h")
          .with(GrpcSinkOptions.FLUSH_TIMEOUT, "1 d")
          .with(GrpcSinkOptions.REQUEST_TIMEOUT, "5 s")
          .with(OtapGrpcSinkOptions.STREAM_MAX_AGE, 500 + random.nextInt(20_000) + " ms")
          .with(OtapGrpcSinkOptions.SUSPECT_MAX_ATTEMPTS, 4)
          .with(OtapGrpcSinkOptions.DEAD_LETTER, dead.toUri());
      double refusing = random.nextDouble() * 0.3;
      double ending = random.nextDouble() * 0.2;
      double silent = random.nextDouble() * 0.03;
      Set<Long> poison = new HashSet<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        poison.add((long) random.nextInt(500));
      }
      Map<Long, Integer> taken = new HashMap<>();
      long resentBefore = metrics.count("numRecordsResent");
      OtapGrpcWriter<OtlpRequest> writer =
          writer(
              attempt -> {
                assertThat((long) metrics.gauge("bytesInFlight")).isLessThanOrEqualTo(bytes);
                int delay = random.nextInt(2000);
                if (!Collections.disjoint(attempt.numbers(), poison)) {
                  return new ScriptedReceiver.End(Status.OK, null, delay);
                }
                double drawn = random.nextDouble();
                if (drawn < refusing) {
                  return new ScriptedReceiver.Answer(StatusCode.UNAVAILABLE, "", delay);
                }
                if (drawn < refusing + ending) {
                  if (random.nextBoolean()) {
                    attempt.numbers().forEach(n -> taken.merge(n, 1, Integer::sum));
                  }
                  return new ScriptedReceiver.End(Status.UNAVAILABLE, null, delay);
                }
                attempt.numbers().forEach(n -> taken.merge(n, 1, Integer::sum));
                return drawn > 1 - silent ? new ScriptedReceiver.Silence() : taken(delay);
              });
      long number = 0;
      for (int i = 0; i < 30; i++) {
        long to = number + random.nextInt(100);
        writer.write(TestRequests.logs(number, to), null);
        number = to;
        if (random.nextInt(5) == 0) {
          writer.flush(false);
          assertThat(metrics.gauge("requestsInFlight")).isEqualTo(0);
          assertSettled(seed, round, number, taken, dead);
        }
      }
      writer.flush(true);
      assertSettled(seed, round, number, taken, dead);
      Set<Long> putAside = new HashSet<>(numbersIn(dead));
      for (long n : poison) {
        assertThat(putAside.contains(n)).as("poison %d", n).isEqualTo(n < number);
      }
      assertThat(Collections.disjoint(taken.keySet(), poison)).isTrue();
      long twice = taken.values().stream().mapToLong(times -> times - 1).sum();
      assertThat(twice)
          .as("seed %d, round %d", seed, round)
          .isLessThanOrEqualTo(metrics.count("numRecordsResent") - resentBefore);
      assertThat(receiver.mostOpen()).isLessThanOrEqualTo(requests);
    }
  }

  private void assertSettled(long seed, int round, long number, Map<Long, Integer> taken, Path dead)
      throws IOException {
    Set<Long> settled = new HashSet<>(taken.keySet());
    settled.addAll(numbersIn(dead));
    assertThat(settled)
        .as("seed %d, round %d", seed, round)
        .isEqualTo(new HashSet<>(LongStream.range(0, number).boxed().toList()));
  }

  private void withDeadLetters() {
    options.with(OtapGrpcSinkOptions.DEAD_LETTER, folder.resolve("dead").toUri());
  }

  private List<Long> deadNumbers() throws IOException {
    return numbersIn(folder.resolve("dead"));
  }

  /** The numbers of the logs in a tree, as the source reads them. */
  private static List<Long> numbersIn(Path tree) throws IOException {
    List<Long> numbers = new ArrayList<>();
    if (Files.exists(tree)) {
      for (OtapBatch batch :
          TreeBatches.read(tree.toString(), Signal.LOGS, 1000, Integer.MAX_VALUE)) {
        numbers.addAll(TestRequests.numbers(OtlpEncoder.encode(batch)));
      }
    }
    return numbers;
  }

  private long attemptsOf(long number) {
    return receiver.attempts().stream()
        .filter(attempt -> attempt.numbers().contains(number))
        .count();
  }

  private OtapGrpcWriter<OtlpRequest> writer(Function<Attempt, Script> script) throws Exception {
    OtapGrpcSettings settings = OtapGrpcSettings.of(options.configuration(ENDPOINT));
    receiver = new ScriptedReceiver(task, script);
    return new OtapGrpcWriter<>(
        BatchForm.REQUEST, settings, receiver, task, task, () -> 1.0, metrics);
  }

  private static Metadata pushback(String millis) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), millis);
    return trailers;
  }

  /** Numbered logs with an attribute that does not compress. */
  private static OtlpRequest noisyLogs(long from, long to, int bytes) {
    Random random = new Random(from);
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (long number = from; number < to; number++) {
      byte[] noise = new byte[bytes];
      random.nextBytes(noise);
      scope.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(number + 1)
              .setBody(AnyValue.newBuilder().setIntValue(number))
              .addAttributes(
                  KeyValue.newBuilder()
                      .setKey("noise")
                      .setValue(AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(noise)))));
    }
    return OtlpRequest.of(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build());
  }

  /** A metric with two entries of metadata. */
  private static OtlpRequest metric() {
    Metric.Builder metric =
        Metric.newBuilder()
            .setName("m")
            .setGauge(
                Gauge.newBuilder()
                    .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(1).setAsInt(5)));
    for (String key : List.of("a", "b")) {
      metric.addMetadata(
          KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue("v")));
    }
    return OtlpRequest.of(
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
            .build());
  }
}
