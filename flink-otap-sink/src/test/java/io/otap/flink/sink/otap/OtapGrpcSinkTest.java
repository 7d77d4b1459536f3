/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.otlp.OtlpRequest;
import io.otap.core.wire.DecoderLimits;
import io.otap.core.wire.TreeBatches;
import io.otap.flink.sink.grpc.Channels;
import io.otap.flink.sink.grpc.Compression;
import io.otap.flink.sink.grpc.ConnectionSettings;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.grpc.RecordedMetrics;
import io.otap.flink.sink.grpc.TaskThread;
import io.otap.flink.sink.grpc.TestCertificates;
import io.otap.flink.sink.grpc.TestRequests;
import io.otap.flink.sink.grpc.TestRequests.Options;
import io.otap.receiver.Behaviour;
import io.otap.receiver.MemoryStore;
import io.otap.receiver.OtapBehaviour;
import io.otap.receiver.OtapReply;
import io.otap.receiver.OtapService;
import io.otap.receiver.OtlpFileStore;
import io.otap.receiver.OtlpService;
import io.otap.receiver.ReceiverServer;
import io.otap.receiver.RequestStore;
import io.otap.receiver.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The writer with a real channel against a real server. */
@Timeout(120)
class OtapGrpcSinkTest {

  private static final int FOUR_MIB = 4 << 20;

  @TempDir private Path folder;

  private final TaskThread task = new TaskThread();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private final Options options =
      new Options()
          .with(GrpcSinkOptions.RETRY_INITIAL_BACKOFF, "5 ms")
          .with(GrpcSinkOptions.RETRY_MAX_BACKOFF, "50 ms")
          .with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 10_000);
  private final MemoryStore store = new MemoryStore();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(task));
  private OtapService service;
  private volatile ReceiverServer server;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE, ZSTD", "GZIP, NONE", "ZSTD, NONE", "ZSTD, ZSTD"})
  void requestsOfAllSignalsArriveAsTheyWere(Compression compression, String payloads)
      throws Exception {
    options
        .with(GrpcSinkOptions.COMPRESSION, compression.name())
        .with(OtapGrpcSinkOptions.PAYLOAD_COMPRESSION, payloads);
    Path out = folder.resolve("out");
    Map<String, String> encodings = new ConcurrentHashMap<>();
    start(
        new OtlpFileStore(out),
        call -> {
          encodings.put(String.valueOf(call.headers().get(key("grpc-encoding"))), "");
          return OtapReply.take();
        });
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (Signal signal : Signal.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected("mixed"), signal)) {
        writer.write(new OtlpRequest(signal, request.toByteArray()), null);
      }
    }
    writer.flush(true);
    service.close();
    assertEqualToSent("mixed", out);
    assertThat(encodings)
        .containsOnlyKeys(compression == Compression.NONE ? "null" : compression.encoding());
    assertThat(service.streams()).isEqualTo(3);
  }

  /**
   * Every set as the source reads it, in small messages on streams that are renewed all the time.
   */
  @Test
  void batchesOfAllSetsArriveAsTheyWere() throws Exception {
    options
        .with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "64 kb")
        .with(OtapGrpcSinkOptions.STREAM_MAX_AGE, "20 ms");
    for (String set : TestData.sets()) {
      if (set.equals("logs-ambiguous") || set.equals("wire")) {
        continue;
      }
      Path out = folder.resolve(set);
      start(new OtlpFileStore(out), OtapBehaviour.WILLING);
      OtapGrpcWriter<OtapBatch> writer = writer(BatchForm.BATCH);
      for (Signal signal : Signal.values()) {
        if (!OtlpFiles.files(TestData.expected(set), signal).isEmpty()) {
          for (OtapBatch batch :
              TreeBatches.read(TestData.parquet(set).toString(), signal, 500, Integer.MAX_VALUE)) {
            writer.write(batch, null);
          }
        }
      }
      writer.flush(true);
      service.close();
      assertEqualToSent(set, out);
    }
    assertThat(metrics.count("numResends")).isZero();
  }

  @Test
  void headersAndTokenGoWithEveryStream() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
    options
        .with(GrpcSinkOptions.HEADERS, "x-tenant:blue,x-key:k3y")
        .with(GrpcSinkOptions.BEARER_TOKEN_FILE, token);
    start(
        store,
        call ->
            "Bearer t0ken".equals(call.headers().get(key("authorization")))
                    && "blue".equals(call.headers().get(key("x-tenant")))
                    && "k3y".equals(call.headers().get(key("x-key")))
                ? OtapReply.take()
                : OtapReply.refuse(StatusCode.UNAUTHENTICATED, ""));
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    writer.write(TestRequests.logs(0, 1), null);
    writer.flush(true);
    assertStored(1);
  }

  @Test
  void whatFailsTellsNoSecret() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
    options
        .with(GrpcSinkOptions.HEADERS, "x-key:k3y")
        .with(GrpcSinkOptions.BEARER_TOKEN_FILE, token);
    start(store, call -> OtapReply.endStream(Status.UNAUTHENTICATED));
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    writer.write(TestRequests.logs(0, 1), null);
    assertThatThrownBy(() -> writer.flush(true))
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.stringifyException(failure))
                    .contains("UNAUTHENTICATED", "sink.bearer-token-file")
                    .doesNotContain("t0ken", "k3y"));
  }

  @Test
  void aServerThatIsKilledAndComesBackGetsEverything() throws Exception {
    start(store, call -> OtapReply.take().after(Duration.ofMillis(5)));
    int port = server.port();
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (long i = 0; i < 200; i++) {
      if (i % 50 == 25) {
        server.kill();
        Thread restart = new Thread(() -> restart(port));
        restart.start();
        open.add(restart::join);
      }
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    assertDuplicatesCounted(assertStored(200), 200);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(200);
    assertThat(metrics.count("numResends")).isPositive();
  }

  @Test
  void streamsThatAreCutInTheMiddleOfAMessageLoseNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("OtapGrpcSinkTest seed " + seed);
    Random random = new Random(seed);
    start(store, OtapBehaviour.WILLING);
    AtomicInteger connections = new AtomicInteger();
    CuttingProxy proxy =
        new CuttingProxy(
            server.port(),
            () -> connections.incrementAndGet() <= 12 ? 300 + random.nextInt(8000) : -1);
    open.add(proxy);
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST, proxy.port());
    for (long i = 0; i < 100; i++) {
      writer.write(TestRequests.logs(100 * i, 100 * i + 100), null);
    }
    writer.flush(true);
    assertDuplicatesCounted(assertStored(10_000), 10_000);
    assertThat(proxy.cuts()).isEqualTo(12);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(10_000);
    assertThat(metrics.count("numDeadLetters")).isZero();
  }

  @Test
  void aReceiverWithoutRoomGetsEverythingOnceItHasSome() throws Exception {
    start(
        store,
        call ->
            call.number() > 60
                ? OtapReply.take()
                : call.number() % 20 == 0
                    ? OtapReply.endStream(Status.RESOURCE_EXHAUSTED)
                    : OtapReply.refuse(StatusCode.RESOURCE_EXHAUSTED, "memory pressure"));
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (long i = 0; i < 40; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    assertThat(assertStored(40)).as("nothing came twice").isEqualTo(40);
    assertThat(metrics.count("numRetries")).isGreaterThanOrEqualTo(50);
  }

  @Test
  void streamsThatEndAfterABatchWasTakenCostDuplicatesButNoRecords() throws Exception {
    start(
        store,
        call -> call.number() % 10 == 0 ? OtapReply.takeButEndStream(Status.OK) : OtapReply.take());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (long i = 0; i < 100; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    long stored = assertStored(100);
    assertThat(stored).isGreaterThan(100);
    assertDuplicatesCounted(stored, 100);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(100);
  }

  @Test
  void aPoisonBatchIsPutAside() throws Exception {
    Path dead = folder.resolve("dead");
    options.with(OtapGrpcSinkOptions.DEAD_LETTER, dead.toUri());
    start(
        store,
        call ->
            TestRequests.numbers(call.request()).contains(13L)
                ? OtapReply.endStream(Status.OK)
                : OtapReply.take().after(Duration.ofMillis(1)));
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (long i = 0; i < 40; i++) {
      writer.write(TestRequests.logs(10 * i, 10 * i + 10), null);
    }
    writer.flush(true);
    List<Long> expected = new ArrayList<>(LongStream.range(0, 400).boxed().toList());
    List<Long> poisoned = LongStream.range(10, 20).boxed().toList();
    expected.removeAll(poisoned);
    List<Long> stored = storedNumbers();
    assertThat(stored).containsAll(expected).doesNotContainAnyElementsOf(poisoned);
    assertDuplicatesCounted(stored.size(), 390);
    List<Long> aside = new ArrayList<>();
    for (OtapBatch batch : TreeBatches.read(dead.toString(), Signal.LOGS, 1000, 1000)) {
      aside.addAll(TestRequests.numbers(OtlpEncoder.encode(batch)));
    }
    assertThat(aside).containsExactlyElementsOf(poisoned);
  }

  @Test
  void aPoisonBatchFailsTheJob() throws Exception {
    start(
        store,
        call ->
            TestRequests.numbers(call.request()).contains(3L)
                ? OtapReply.endStream(Status.OK)
                : OtapReply.take());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    assertThatThrownBy(
            () -> {
              for (long i = 0; i < 40; i++) {
                writer.write(TestRequests.logs(i, i + 1), null);
              }
              writer.flush(true);
            })
        .hasStackTraceContaining(
            "ended the stream 4 times, at last with OK, when nothing was unanswered but a batch of 1"
                + " logs");
    assertThat(storedNumbers()).doesNotContain(3L);
  }

  @Test
  void aFlushReturnsOnlyWhenTheLastAnswerIsThereInWhateverOrder() throws Exception {
    start(store, call -> OtapReply.take().onRelease());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (long i = 0; i < 10; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    CountDownLatch flushed = new CountDownLatch(1);
    List<String> early = new ArrayList<>();
    Thread releasing =
        new Thread(
            () -> {
              while (service.held() < 10) {
                Thread.onSpinWait();
              }
              for (int left = 10; left > 0; left--) {
                if (flushed.getCount() == 0) {
                  early.add(left + " answers were still missing");
                }
                service.release(ThreadLocalRandom.current().nextInt(left));
              }
            });
    releasing.start();
    writer.flush(false);
    flushed.countDown();
    releasing.join();
    assertThat(early).isEmpty();
    assertThat(metrics.count("numRecordsSend")).isEqualTo(10);
  }

  @Test
  void anAnswerThatStaysAwayEndsTheStream() throws Exception {
    options.with(GrpcSinkOptions.REQUEST_TIMEOUT, "200 ms");
    start(store, call -> call.number() <= 3 ? OtapReply.take().onRelease() : OtapReply.take());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    writer.write(TestRequests.logs(0, 1), null);
    writer.flush(true);
    assertThat(store.requests()).hasSize(4);
    assertThat(metrics.count("numResends")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void theWindowHoldsAgainstASlowServer() throws Exception {
    options.with(GrpcSinkOptions.WINDOW_REQUESTS, 4);
    start(store, call -> OtapReply.take().after(Duration.ofMillis(3)));
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (long i = 0; i < 60; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    assertThat(assertStored(60)).isEqualTo(60);
    assertThat(service.mostOpen()).isBetween(2, 4);
  }

  /** As the engine does beyond 16. */
  @Test
  void aServerThatStopsReadingIsWaitedFor() throws Exception {
    service =
        new OtapService(
            store, call -> OtapReply.take().after(Duration.ofMillis(2)), DecoderLimits.DEFAULT, 2);
    server = ReceiverServer.start(loopback(0), null, FOUR_MIB, service);
    open.add(() -> server.kill());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    for (long i = 0; i < 60; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    assertThat(assertStored(60)).isEqualTo(60);
    assertThat(service.mostOpen()).isEqualTo(2);
  }

  @Test
  void aReceiversMessageLimitIsExplained() throws Exception {
    options.with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 3);
    service = new OtapService(store, OtapBehaviour.WILLING);
    server = ReceiverServer.start(loopback(0), null, 500, service);
    open.add(() -> server.kill());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    writer.write(TestRequests.logs(0, 500), null);
    assertThatThrownBy(() -> writer.flush(true))
        .hasStackTraceContaining("if it limits messages, lower sink.max-message-size");
    assertThat(store.requests()).isEmpty();
  }

  @Test
  void anAddressWithoutReceiverIsTriedAsLongAsAllowed() throws Exception {
    start(store, OtapBehaviour.WILLING);
    options.with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 3);
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    server.kill();
    writer.write(TestRequests.logs(0, 2), null);
    assertThatThrownBy(() -> writer.flush(true))
        .hasStackTraceContaining("in 3 attempts")
        .hasStackTraceContaining("Connection refused");
  }

  @Test
  void anOtlpReceiverIsNoOtapReceiver() throws Exception {
    server =
        ReceiverServer.start(
            loopback(0), null, FOUR_MIB, new OtlpService(store, Behaviour.WILLING));
    open.add(() -> server.kill());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    assertThatThrownBy(() -> writer.flush(true))
        .hasStackTraceContaining("takes nothing from this sink: UNIMPLEMENTED")
        .hasStackTraceContaining("check that sink.endpoint is an OTAP receiver");
  }

  @Test
  void encryptedInBothDirections() throws Exception {
    TestCertificates own = TestCertificates.make(folder, "server", "127.0.0.1");
    TestCertificates client = TestCertificates.make(folder, "client", "sink.test");
    service = new OtapService(store, OtapBehaviour.WILLING);
    open.add(service);
    server =
        ReceiverServer.start(
            loopback(0), new ServerTls(own.cert(), own.key(), client.cert()), FOUR_MIB, service);
    open.add(() -> server.kill());
    options
        .with(GrpcSinkOptions.TLS_ENABLED, true)
        .with(GrpcSinkOptions.TLS_CA_FILE, own.cert())
        .with(GrpcSinkOptions.TLS_CERT_FILE, client.cert())
        .with(GrpcSinkOptions.TLS_KEY_FILE, client.key());
    OtapGrpcWriter<OtlpRequest> writer = writer(BatchForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    writer.flush(true);
    assertStored(2);
  }

  @ParameterizedTest
  @CsvSource({
    "sink.peer, python, generic",
    "sink.payload-compression, lz4, zstd or none",
    "sink.stream.max-age, 0 s, a millisecond or more",
    "sink.suspect.max-attempts, 0, 1 or more",
    "sink.on-partial-success, count, there is no option",
  })
  void optionsThatCannotWorkAreSentences(String option, String value, String sentence) {
    Configuration configuration = options.configuration("a:1");
    configuration.setString(option, value);
    assertThatThrownBy(() -> OtapGrpcSettings.of(configuration))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(sentence);
  }

  private static void assertEqualToSent(String set, Path out) throws IOException {
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(set)),
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(out));
    assertThat(comparison.isEqual()).as(() -> set + ": " + comparison.difference()).isTrue();
  }

  /** Records that came more often than once were counted as sent again. */
  private void assertDuplicatesCounted(long stored, long records) {
    assertThat(stored - records).isBetween(0L, metrics.count("numRecordsResent"));
  }

  /** Asserts that all these records are stored, and returns how many are, duplicates counted. */
  private long assertStored(long records) {
    List<Long> numbers = storedNumbers();
    assertThat(numbers).containsAll(LongStream.range(0, records).boxed().toList());
    return numbers.size();
  }

  private List<Long> storedNumbers() {
    return store.requests().stream()
        .flatMap(request -> TestRequests.numbers(request.bytes()).stream())
        .toList();
  }

  private void start(RequestStore requests, OtapBehaviour behaviour) throws IOException {
    service = new OtapService(requests, behaviour);
    open.add(service);
    server = ReceiverServer.start(loopback(0), null, FOUR_MIB, service);
    open.add(() -> server.kill());
  }

  private void restart(int port) {
    try {
      server = ReceiverServer.start(loopback(port), null, FOUR_MIB, service);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private <T> OtapGrpcWriter<T> writer(BatchForm<T> form) throws OtapException {
    return writer(form, server.port());
  }

  private <T> OtapGrpcWriter<T> writer(BatchForm<T> form, int port) throws OtapException {
    OtapGrpcSettings settings = OtapGrpcSettings.of(options.configuration("127.0.0.1:" + port));
    ConnectionSettings connection = settings.grpc().connection();
    OtapGrpcWriter<T> writer =
        new OtapGrpcWriter<>(
            form,
            settings,
            new GrpcTransport(Channels.open(connection), connection),
            task,
            task,
            () -> ThreadLocalRandom.current().nextDouble(),
            metrics);
    open.add(writer);
    return writer;
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
