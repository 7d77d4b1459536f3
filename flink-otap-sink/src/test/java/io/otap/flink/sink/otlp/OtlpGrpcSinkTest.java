/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpDecoder;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.otlp.OtlpRequest;
import io.otap.flink.sink.grpc.Backoff;
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
import io.otap.receiver.OtlpFileStore;
import io.otap.receiver.OtlpService;
import io.otap.receiver.ReceiverServer;
import io.otap.receiver.Reply;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The writer with a real channel against a real server. */
@Timeout(120)
class OtlpGrpcSinkTest {

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
  private OtlpService service;
  private volatile ReceiverServer server;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void batchesOfAllSignalsArriveAsTheyWere(Compression compression) throws Exception {
    options.with(GrpcSinkOptions.COMPRESSION, compression.name());
    Path out = folder.resolve("out");
    Map<String, String> encodings = new ConcurrentHashMap<>();
    start(
        new OtlpFileStore(out),
        call -> {
          encodings.put(String.valueOf(call.headers().get(key("grpc-encoding"))), "");
          return Reply.take();
        });
    OtlpGrpcWriter<OtapBatch> writer = writer(RequestForm.BATCH);
    for (Signal signal : Signal.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected("mixed"), signal)) {
        for (OtapBatch batch : decode(request)) {
          writer.write(batch, null);
        }
      }
    }
    writer.flush(true);
    service.close();
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected("mixed")),
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(out));
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    assertThat(encodings)
        .containsOnlyKeys(compression == Compression.NONE ? "null" : compression.encoding());
  }

  @Test
  void requestsArriveByteForByte() throws Exception {
    start(store, Behaviour.WILLING);
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    for (Signal signal : Signal.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected("mixed"), signal)) {
        OtlpRequest sent = new OtlpRequest(signal, request.toByteArray());
        int before = store.requests().size();
        writer.write(sent, null);
        writer.flush(false);
        assertThat(store.requests()).hasSize(before + 1);
        assertThat(store.requests().get(before).bytes()).isEqualTo(sent.bytes());
        assertThat(store.requests().get(before).signal()).isEqualTo(signal);
      }
    }
  }

  @Test
  void headersAndTokenGoWithEveryCall() throws Exception {
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
                ? Reply.take()
                : Reply.refuse(Status.UNAUTHENTICATED));
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 1), null);
    writer.write(TestRequests.logs(1, 2), null);
    writer.flush(true);
    assertStored(2);
  }

  @Test
  void whatFailsTellsNoSecret() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
    options
        .with(GrpcSinkOptions.HEADERS, "x-key:k3y")
        .with(GrpcSinkOptions.BEARER_TOKEN_FILE, token);
    start(store, call -> Reply.refuse(Status.UNAUTHENTICATED));
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 1), null);
    assertThatThrownBy(() -> writer.flush(true))
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.stringifyException(failure))
                    .contains("UNAUTHENTICATED", "sink.bearer-token-file")
                    .doesNotContain("t0ken", "k3y"));
  }

  @Test
  void aMissingTokenIsToldBeforeAnythingIsSent() throws Exception {
    options.with(GrpcSinkOptions.BEARER_TOKEN_FILE, folder.resolve("none"));
    start(store, Behaviour.WILLING);
    assertThatThrownBy(() -> writer(RequestForm.REQUEST))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("sink.bearer-token-file", "a file with a token");
  }

  @Test
  void aServerThatIsKilledAndComesBackGetsEverything() throws Exception {
    start(store, call -> Reply.take().after(Duration.ofMillis(5)));
    int port = server.port();
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
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
    assertStored(200);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(200);
    assertThat(metrics.count("numRetries")).isPositive();
  }

  @Test
  void aRefusingReceiverGetsEverythingOnceItIsWilling() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    start(
        store,
        call -> {
          int number = refusals.getAndIncrement();
          if (number >= 60) {
            return Reply.take();
          }
          return switch (number % 4) {
            case 0 -> Reply.refuse(Status.UNAVAILABLE.withDescription("starting"));
            case 1 -> Reply.refuseFor(Status.RESOURCE_EXHAUSTED, Duration.ofMillis(20));
            case 2 -> Reply.pushBack(Status.RESOURCE_EXHAUSTED, "10");
            default -> Reply.refuse(Status.ABORTED);
          };
        });
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    for (long i = 0; i < 40; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    assertThat(assertStored(40)).as("nothing came twice").isEqualTo(40);
    assertThat(metrics.count("numRetries")).isEqualTo(60);
  }

  @Test
  void lostAnswersCostDuplicatesButNoRecords() throws Exception {
    start(
        store,
        call -> call.number() % 3 == 0 ? Reply.takeButRefuse(Status.UNAVAILABLE) : Reply.take());
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    for (long i = 0; i < 30; i++) {
      writer.write(TestRequests.logs(i, i + 1), null);
    }
    writer.flush(true);
    long stored = assertStored(30);
    assertThat(stored).isEqualTo(30 + metrics.count("numRetries")).isGreaterThan(30);
    assertThat(metrics.count("numRecordsSend")).isEqualTo(30);
  }

  @Test
  void anAnswerThatStaysAwayIsADeadlineAndTriedAgain() throws Exception {
    options.with(GrpcSinkOptions.REQUEST_TIMEOUT, "100 ms");
    start(store, call -> call.number() <= 3 ? Reply.take().onRelease() : Reply.take());
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 1), null);
    writer.flush(true);
    assertThat(store.requests()).hasSize(4);
    // An attempt may also be over before the connection is there.
    assertThat(metrics.count("numRetries")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aFlushReturnsOnlyWhenTheLastAnswerIsThereInWhateverOrder() throws Exception {
    start(store, call -> Reply.take().onRelease());
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
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
  void theWindowHoldsAgainstASlowServer() throws Exception {
    int bytes = 4000;
    options
        .with(GrpcSinkOptions.WINDOW_REQUESTS, 4)
        .with(GrpcSinkOptions.WINDOW_BYTES, bytes + " b")
        .with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "3000 b");
    start(store, call -> Reply.take().after(Duration.ofMillis(3)));
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    long records = 0;
    for (int i = 0; i < 60; i++) {
      int size = i % 3 == 0 ? 5 : 170;
      writer.write(TestRequests.logs(records, records + size), null);
      records += size;
    }
    writer.flush(true);
    assertStored(records);
    assertThat(service.mostOpen()).isBetween(2, 4);
    assertThat(service.mostOpenBytes()).isLessThanOrEqualTo(bytes);
  }

  @Test
  void aReceiverThatDoesNotKnowTheCompressionGetsNone() throws Exception {
    options.with(GrpcSinkOptions.COMPRESSION, "zstd");
    service = new OtlpService(store, Behaviour.WILLING);
    Server withoutZstd =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addServices(service.definitions())
            .build()
            .start();
    open.add(withoutZstd::shutdownNow);
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST, withoutZstd.getPort());
    for (int i = 0; i < 20; i++) {
      writer.write(TestRequests.logs(10 * i, 10 * i + 10), null);
    }
    writer.flush(true);
    assertThat(assertStored(200)).isEqualTo(200);
  }

  @Test
  void aReceiversMessageLimitIsExplained() throws Exception {
    service = new OtlpService(store, Behaviour.WILLING);
    server = ReceiverServer.start(loopback(0), null, 1000, service);
    open.add(server);
    OtlpGrpcWriter<OtlpRequest> tooLarge = writer(RequestForm.REQUEST);
    tooLarge.write(TestRequests.logs(0, 500), null);
    assertThatThrownBy(() -> tooLarge.flush(true))
        .hasStackTraceContaining("RESOURCE_EXHAUSTED")
        .hasStackTraceContaining("lower sink.max-message-size");

    options.with(GrpcSinkOptions.MAX_MESSAGE_SIZE, "1000 b");
    OtlpGrpcWriter<OtlpRequest> fitting = writer(RequestForm.REQUEST);
    fitting.write(TestRequests.logs(0, 500), null);
    fitting.flush(true);
    assertStored(500);
  }

  @Test
  void partialSuccessOfASignalIsCounted() throws Exception {
    start(store, call -> Reply.takePartly(3, "points out of order"));
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    for (Signal signal : Signal.values()) {
      MessageLite request = OtlpFiles.read(TestData.expected("mixed"), signal).get(0);
      writer.write(new OtlpRequest(signal, request.toByteArray()), null);
    }
    writer.flush(true);
    assertThat(metrics.count("numRecordsRejected")).isEqualTo(9);
    assertThat(store.requests()).hasSize(3);
  }

  @Test
  void aFinalRefusalIsASentence() throws Exception {
    start(store, call -> Reply.refuse(Status.INVALID_ARGUMENT.withDescription("no such tenant")));
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    assertThatThrownBy(() -> writer.flush(true))
        .rootCause()
        .hasMessage(
            "the receiver 127.0.0.1:"
                + server.port()
                + " refused a request of 2 logs (34 bytes) with INVALID_ARGUMENT: no such tenant;"
                + " OTLP allows no retry of that: see the receiver's log");
  }

  @Test
  void anAddressWithoutReceiverIsTriedAsLongAsAllowed() throws Exception {
    start(store, Behaviour.WILLING);
    options.with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 3);
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    server.kill();
    writer.write(TestRequests.logs(0, 2), null);
    assertThatThrownBy(() -> writer.flush(true))
        .hasStackTraceContaining("in 3 attempts")
        .hasStackTraceContaining("Connection refused");
  }

  @Test
  void keepAliveFindsNoFaultWithAServerThatThinks() throws Exception {
    options
        .with(GrpcSinkOptions.KEEP_ALIVE_TIME, "10 s")
        .with(GrpcSinkOptions.KEEP_ALIVE_TIMEOUT, "5 s");
    start(store, Behaviour.WILLING);
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    writer.flush(true);
    assertStored(2);
  }

  @Test
  void encryptedWithTheReceiversCertificateChecked() throws Exception {
    TestCertificates own = TestCertificates.make(folder, "server", "127.0.0.1");
    startEncrypted(new ServerTls(own.cert(), own.key(), null));
    options.with(GrpcSinkOptions.TLS_ENABLED, true).with(GrpcSinkOptions.TLS_CA_FILE, own.cert());
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    writer.flush(true);
    assertStored(2);
  }

  @Test
  void aReceiverThatNobodyVouchesForGetsNothing() throws Exception {
    TestCertificates own = TestCertificates.make(folder, "server", "127.0.0.1");
    TestCertificates other = TestCertificates.make(folder, "other", "other.test");
    startEncrypted(new ServerTls(own.cert(), own.key(), null));
    options
        .with(GrpcSinkOptions.TLS_ENABLED, true)
        .with(GrpcSinkOptions.TLS_CA_FILE, other.cert())
        .with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 2);
    assertRefused("UNAVAILABLE: io exception (unable to find valid certification path");
  }

  @Test
  void theNameInTheCertificateCounts() throws Exception {
    TestCertificates own = TestCertificates.make(folder, "server", "gateway.test");
    startEncrypted(new ServerTls(own.cert(), own.key(), null));
    options
        .with(GrpcSinkOptions.TLS_ENABLED, true)
        .with(GrpcSinkOptions.TLS_CA_FILE, own.cert())
        .with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 2);
    assertRefused("UNAVAILABLE: io exception (No subject alternative names");

    options.with(GrpcSinkOptions.TLS_SERVER_NAME, "gateway.test");
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    writer.flush(true);
    assertStored(2);
  }

  @Test
  void mutualTlsNeedsACertificateThatTheReceiverKnows() throws Exception {
    TestCertificates own = TestCertificates.make(folder, "server", "127.0.0.1");
    TestCertificates client = TestCertificates.make(folder, "client", "sink.test");
    startEncrypted(new ServerTls(own.cert(), own.key(), client.cert()));
    options
        .with(GrpcSinkOptions.TLS_ENABLED, true)
        .with(GrpcSinkOptions.TLS_CA_FILE, own.cert())
        .with(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, 2);
    assertRefused("UNAVAILABLE");

    options
        .with(GrpcSinkOptions.TLS_CERT_FILE, client.cert())
        .with(GrpcSinkOptions.TLS_KEY_FILE, client.key());
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    writer.flush(true);
    assertStored(2);
  }

  @Test
  void aCertificateFileThatIsNotThereIsTold() throws Exception {
    start(store, Behaviour.WILLING);
    options
        .with(GrpcSinkOptions.TLS_ENABLED, true)
        .with(GrpcSinkOptions.TLS_CA_FILE, folder.resolve("none.pem"));
    assertThatThrownBy(() -> writer(RequestForm.REQUEST))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("sink.tls.*", "none.pem");
  }

  private void assertRefused(String reason) throws Exception {
    OtlpGrpcWriter<OtlpRequest> writer = writer(RequestForm.REQUEST);
    writer.write(TestRequests.logs(0, 2), null);
    assertThatThrownBy(() -> writer.flush(true)).hasStackTraceContaining("at last with " + reason);
    assertThat(store.requests()).isEmpty();
  }

  /** Asserts that all these records are stored, and returns how many are, duplicates counted. */
  private long assertStored(long records) {
    List<Long> numbers =
        store.requests().stream().flatMap(r -> TestRequests.numbers(r.bytes()).stream()).toList();
    assertThat(numbers).containsAll(LongStream.range(0, records).boxed().toList());
    return numbers.size();
  }

  private void start(RequestStore requests, Behaviour behaviour) throws IOException {
    service = new OtlpService(requests, behaviour);
    open.add(service);
    server = ReceiverServer.start(loopback(0), null, FOUR_MIB, service);
    open.add(() -> server.kill());
  }

  private void startEncrypted(ServerTls tls) throws IOException {
    service = new OtlpService(store, Behaviour.WILLING);
    open.add(service);
    server = ReceiverServer.start(loopback(0), tls, FOUR_MIB, service);
    open.add(() -> server.kill());
  }

  private void restart(int port) {
    try {
      server = ReceiverServer.start(loopback(port), null, FOUR_MIB, service);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private <T> OtlpGrpcWriter<T> writer(RequestForm<T> form) throws OtapException {
    return writer(form, server.port());
  }

  private <T> OtlpGrpcWriter<T> writer(RequestForm<T> form, int port) throws OtapException {
    OtlpGrpcSettings settings = OtlpGrpcSettings.of(options.configuration("127.0.0.1:" + port));
    ConnectionSettings connection = settings.grpc().connection();
    OtlpGrpcWriter<T> writer =
        new OtlpGrpcWriter<>(
            form,
            settings,
            new GrpcTransport(Channels.open(connection), connection),
            task,
            task,
            new Backoff(settings.grpc().retry(), () -> ThreadLocalRandom.current().nextDouble()),
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

  private static List<OtapBatch> decode(MessageLite request) throws IOException {
    if (request instanceof ExportLogsServiceRequest logs) {
      return OtlpDecoder.decode(logs);
    } else if (request instanceof ExportTraceServiceRequest traces) {
      return OtlpDecoder.decode(traces);
    }
    return OtlpDecoder.decode((ExportMetricsServiceRequest) request);
  }
}
