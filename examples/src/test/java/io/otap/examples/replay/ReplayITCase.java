/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import io.otap.core.TestData;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.receiver.DiscardingStore;
import io.otap.receiver.GrpcService;
import io.otap.receiver.OtapReply;
import io.otap.receiver.OtapService;
import io.otap.receiver.OtlpFileStore;
import io.otap.receiver.OtlpService;
import io.otap.receiver.ReceiverServer;
import io.otap.receiver.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a whole: from a recorded tree to what comes out. */
class ReplayITCase {

  private static final String SUMMARY =
      "otap-replay: 200 records \\(logs 200\\), 45\\.0 KiB, recovery C1 1, C2 199, orphans none,"
          + " \\d+\\.\\d s";

  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir private Path folder;

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void otlpFilesEqualWhatWasSent(String set) throws IOException {
    String out = folder.resolve("otlp").toString();
    Run run = Run.of("--from", tree(set), "--to", "otlp-file:" + out, "--parallelism", "4");
    assertThat(run.code()).as(run.err()).isZero();
    String[] ignored =
        set.equals("logs-ambiguous")
            ? new String[] {"resource.attributes", "scope.attributes"}
            : new String[0];
    OtlpRecords expected =
        new OtlpRecords(ComparisonProfile.PARQUET, ignored).addFolder(TestData.expected(set));
    OtlpRecords actual =
        new OtlpRecords(ComparisonProfile.PARQUET, ignored).addFolder(Path.of(out));
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "traces", "metrics", "two-partitions"})
  void whatArrivesOverOtlpEqualsWhatWasSent(String set) throws IOException {
    Path out = folder.resolve("otlp");
    AtomicInteger unauthorized = new AtomicInteger();
    OtlpService service =
        new OtlpService(
            new OtlpFileStore(out),
            call -> {
              if (!"k3y".equals(call.headers().get(API_KEY))) {
                unauthorized.incrementAndGet();
              }
              return call.number() == 1 ? Reply.refuse(Status.UNAVAILABLE) : Reply.take();
            });
    try (ReceiverServer server = start(service)) {
      Run run =
          Run.of(
              "--from",
              tree(set),
              "--to",
              "otlp://127.0.0.1:" + server.port(),
              "--parallelism",
              "2",
              "--option",
              "assembly=keyed",
              "--option",
              "batch-size=100",
              "--option",
              "sink.headers=x-api-key:k3y",
              "--option",
              "sink.compression=gzip");
      assertThat(run.code()).as(run.err()).isZero();
    }
    service.close();
    assertThat(unauthorized).hasValue(0);
    assertArrived(set, out);
  }

  @Test
  void aReceiverThatRefusesFailsTheRunWithASentence() throws IOException {
    OtlpService service =
        new OtlpService(
            new DiscardingStore(),
            call -> Reply.refuse(Status.UNAUTHENTICATED.withDescription("who are you?")));
    try (ReceiverServer server = start(service)) {
      Run run = Run.of("--from", tree("logs-small"), "--to", "otlp://127.0.0.1:" + server.port());
      assertThat(run.code()).isEqualTo(OtapReplay.FAILED);
      assertThat(run.sentence())
          .startsWith("the job failed: the receiver 127.0.0.1:" + server.port() + " refused ")
          .contains("UNAUTHENTICATED: who are you?", "sink.bearer-token-file");
    }
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "traces", "metrics", "two-partitions"})
  void whatArrivesOverOtapEqualsWhatWasSent(String set) throws IOException {
    Path out = folder.resolve("otap");
    OtapService service =
        new OtapService(
            new OtlpFileStore(out),
            call ->
                switch ((int) call.number()) {
                  case 1 -> OtapReply.refuse(StatusCode.UNAVAILABLE, "starting");
                  case 2 -> OtapReply.endStream(Status.OK);
                  default -> OtapReply.take();
                });
    try (ReceiverServer server = start(service)) {
      Run run =
          Run.of(
              "--from",
              tree(set),
              "--to",
              "otap://127.0.0.1:" + server.port(),
              "--parallelism",
              "2",
              "--option",
              "assembly=keyed",
              "--option",
              "batch-size=100",
              "--option",
              "sink.compression=gzip");
      assertThat(run.code()).as(run.err()).isZero();
    }
    service.close();
    assertArrived(set, out);
  }

  /** A receiver that cannot read traces: they are put aside, and replayed from there. */
  @Test
  void whatAReceiverCannotReadIsPutAsideAndReplayed() throws IOException {
    Path out = folder.resolve("otap");
    Path aside = folder.resolve("aside");
    OtapService service =
        new OtapService(
            new OtlpFileStore(out),
            call ->
                call.signal() == Signal.TRACES ? OtapReply.endStream(Status.OK) : OtapReply.take());
    try (ReceiverServer server = start(service)) {
      String target = "otap://127.0.0.1:" + server.port();
      Run refused = Run.of("--from", tree("mixed"), "--to", target);
      assertThat(refused.code()).isEqualTo(OtapReplay.FAILED);
      assertThat(refused.sentence())
          .contains("ended the stream 4 times, at last with OK", "sink.dead-letter");
    }
    service.close();

    Path rest = folder.resolve("rest");
    OtapService second =
        new OtapService(
            new OtlpFileStore(rest),
            call ->
                call.signal() == Signal.TRACES ? OtapReply.endStream(Status.OK) : OtapReply.take());
    try (ReceiverServer server = start(second)) {
      Run run =
          Run.of(
              "--from",
              tree("mixed"),
              "--to",
              "otap://127.0.0.1:" + server.port(),
              "--option",
              "sink.dead-letter=" + aside,
              "--option",
              "sink.retry.initial-backoff=10ms");
      assertThat(run.code()).as(run.err()).isZero();
    }
    second.close();
    Path replayed = folder.resolve("replayed");
    Run again = Run.of("--from", aside.toString(), "--to", "otlp-file:" + replayed);
    assertThat(again.code()).as(again.err()).isZero();
    Files.move(replayed.resolve("traces.binpb"), rest.resolve("traces.binpb"));
    assertArrived("mixed", rest);
  }

  private static void assertArrived(String set, Path out) throws IOException {
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(set)),
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(out));
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  private static ReceiverServer start(GrpcService service) throws IOException {
    return ReceiverServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 4 << 20, service);
  }

  @Test
  void aTreeThatWasWrittenReadsTheSame() throws IOException {
    Path tree = folder.resolve("tree");
    Run written = Run.of("--from", tree("mixed"), "--to", "parquet:" + tree, "--parallelism", "2");
    assertThat(written.code()).as(written.err()).isZero();
    assertThat(tree.toFile().list()).noneMatch(name -> name.startsWith("."));
    assertReplayed("mixed", List.of(tree));
  }

  @Test
  void everyDateIsATreeOfItsOwn() throws IOException {
    Path target = folder.resolve("tree");
    Run written =
        Run.of("--from", tree("mixed"), "--to", "parquet:" + target, "--partition-by", "date");
    assertThat(written.code()).as(written.err()).isZero();
    List<Path> trees;
    try (Stream<Path> folders = Files.list(target)) {
      trees = folders.sorted().toList();
    }
    assertThat(trees)
        .isNotEmpty()
        .allMatch(t -> t.getFileName().toString().matches("date=(2\\d{3}-\\d\\d-\\d\\d|__HIVE.*)"));
    assertReplayed("mixed", trees);
  }

  private void assertReplayed(String set, List<Path> trees) throws IOException {
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
    for (Path tree : trees) {
      Path out = folder.resolve("otlp-" + tree.getFileName());
      Run run = Run.of("--from", tree.toString(), "--to", "otlp-file:" + out);
      assertThat(run.code()).as(run.err()).isZero();
      actual.addFolder(out);
    }
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(set)), actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  @Test
  void oneLineSumsUp() {
    Run run = Run.of("--from", tree("logs-small"), "--to", "null:", "--parallelism", "1");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err().stripTrailing()).matches(SUMMARY);
  }

  @Test
  void aResultIsReplacedOnlyIfAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("logs.binpb"), "something");
    Run refused = Run.of("--from", tree("logs-small"), "--to", "otlp-file:" + folder);
    assertThat(refused.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(refused.sentence()).startsWith("the target has a result already: " + file);
    assertThat(file).hasContent("something");

    Run run = Run.of("--from", tree("logs-small"), "--to", "otlp-file:" + folder, "--overwrite");
    assertThat(run.code()).isZero();
    assertThat(Files.size(file)).isGreaterThan(1000);
  }

  @Test
  void orphansAreCountedAndNamed() {
    Run run = Run.of("--from", tree("logs-killed"), "--to", "null:");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("orphans log_attrs 263,").contains("warning: orphans are rows");
  }

  @Test
  void aFailedJobIsToldInOneSentenceAndLeavesNothing() throws IOException {
    Path out = folder.resolve("otlp");
    Run run =
        Run.of(
            "--from",
            tree("logs-killed"),
            "--to",
            "otlp-file:" + out,
            "--option",
            "validate-relations=true");
    assertThat(run.code()).isEqualTo(OtapReplay.FAILED);
    assertThat(run.sentence())
        .startsWith("the job failed: ")
        .contains("parent_id 274", "table log_attrs", ".parquet");
    if (Files.exists(out)) {
      try (Stream<Path> left = Files.list(out)) {
        assertThat(left).allMatch(f -> f.getFileName().toString().startsWith("."));
      }
    }
  }

  @Test
  void printsARecordPerLine() {
    Run run = Run.of("--from", tree("logs-small"), "--to", "print:normal");
    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).hasSize(200).allMatch(l -> l.matches("(20\\d\\d-\\S*Z|-) .*"));
  }

  @Test
  void printsEveryAttribute() throws IOException {
    Run run = Run.of("--from", tree("mixed"), "--to", "print:detailed");
    assertThat(run.code()).isZero();
    assertThat(run.out().lines().map(String::strip))
        .anyMatch(l -> l.startsWith("Log "))
        .anyMatch(l -> l.startsWith("Span "))
        .anyMatch(l -> l.startsWith("Metric "))
        .contains("-> service.name: \"anchor\"");
  }

  @Test
  void theSampleIsPrintedWithoutArguments() {
    System.setProperty("otap.home", TestData.root().toAbsolutePath().getParent().toString());
    try {
      Run run = Run.of();
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out().lines()).hasSize(200);
    } finally {
      System.clearProperty("otap.home");
    }
  }

  @Test
  void theDocumentedSettingsRun() {
    String settings =
        TestData.root().toAbsolutePath().resolveSibling("examples/replay.yaml").toString();
    Run run = Run.of("--config", settings, "--to", "print:basic");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("logs: 200 records, ");
    assertThat(run.err()).contains("note: polling_interval has no effect without --follow");
  }

  @Test
  void youngFilesAreSkippedAndNamed() throws IOException {
    Path source = TestData.parquet("logs-file-per-batch");
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    Path young = null;
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path copy = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        Files.setLastModifiedTime(copy, old);
        young = copy.startsWith(folder.resolve("logs")) ? copy : young;
      }
    }
    Files.setLastModifiedTime(young, FileTime.from(Instant.now()));
    Run run = Run.of("--from", folder.toString(), "--to", "null:", "--option", "min-file-age=1 h");
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("1 files were skipped", young.getFileName().toString(), "orphans none");
  }

  @Test
  void filesInWritingAreLeftOutAndNamed() throws IOException {
    Path source = TestData.parquet("logs-small");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Path inWriting = Files.writeString(folder.resolve("logs/part-1.parquet#1"), "PAR1");
    Run run = Run.of("--from", folder.toString(), "--to", "null:");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("note: 1 ").contains(inWriting.toString());
  }

  private static String tree(String set) {
    return TestData.parquet(set).toString();
  }
}
