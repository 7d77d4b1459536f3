/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code bin/otap-receive}, with a client of gRPC's own. */
class ReceivingTest {

  private static final ExportLogsServiceRequest REQUEST =
      ExportLogsServiceRequest.newBuilder()
          .addResourceLogs(
              ResourceLogs.newBuilder()
                  .addScopeLogs(
                      ScopeLogs.newBuilder()
                          .addLogRecords(LogRecord.newBuilder().setSeverityText("INFO"))))
          .build();

  @TempDir private Path folder;

  @Test
  void whatIsTakenIsInTheFiles() throws Exception {
    Path out = folder.resolve("out");
    Receiving receiving = start("--otlp", "0", "--to", "otlp-file:" + out);
    assertThat(export(receiving, REQUEST)).isEqualTo(Status.Code.OK);
    assertThat(OtlpFiles.read(out, Signal.LOGS))
        .as("before the receiver ends")
        .containsExactly(REQUEST);
    assertThat(export(receiving, REQUEST)).isEqualTo(Status.Code.OK);
    assertThat(receiving.taken()).isEqualTo("requests: logs 2");
    receiving.close();
    assertThat(OtlpFiles.read(out, Signal.LOGS)).containsExactly(REQUEST, REQUEST);
    assertThat(OtlpFiles.files(out, Signal.TRACES)).isEmpty();
  }

  @Test
  void faultsHappenAsAsked() throws Exception {
    Path out = folder.resolve("out");
    try (Receiving receiving =
        start(
            "--otlp=0",
            "--to=otlp-file:" + out,
            "--refuse-first=1",
            "--lose-answer-every=3",
            "--max-message-bytes=1000")) {
      assertThat(export(receiving, REQUEST)).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(export(receiving, REQUEST)).isEqualTo(Status.Code.OK);
      assertThat(export(receiving, REQUEST)).as("lost").isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(receiving.taken()).isEqualTo("requests: logs 2");
      ExportLogsServiceRequest large =
          ExportLogsServiceRequest.newBuilder()
              .addResourceLogs(ResourceLogs.newBuilder().setSchemaUrl("x".repeat(1000)))
              .build();
      assertThat(export(receiving, large)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
    assertThat(OtlpFiles.read(out, Signal.LOGS)).hasSize(2);
  }

  /** A port for each, and one for both. */
  @Test
  void otapIsTakenToo() throws IOException {
    try (Receiving receiving = start("--otlp=0", "--otap=0")) {
      assertThat(receiving.addresses())
          .containsExactly(
              "listening for OTAP on 127.0.0.1:" + receiving.port(Receiving.OTAP),
              "listening for OTLP on 127.0.0.1:" + receiving.port(Receiving.OTLP));
      assertThat(receiving.port(Receiving.OTAP)).isNotEqualTo(receiving.port(Receiving.OTLP));
      assertThat(receiving.taken()).isEqualTo("no requests; no batches");
    }
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (Receiving receiving = start("--otlp=" + free, "--otap=" + free)) {
      assertThat(receiving.port(Receiving.OTAP)).isEqualTo(free);
      assertThat(export(receiving, REQUEST)).isEqualTo(Status.Code.OK);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--to=null:, --otlp or --otap must name a port",
    "--otap=70000, --otap must be a port from 0 to 65535",
    "--otlp=70000, --otlp must be a port from 0 to 65535",
    "--otlp=0 --to=kafka:x, there is no target kafka:x; use otlp-file:DIR or null:",
    "--otlp=0 --to=otlp-file:, there is no target otlp-file:;",
    "--otlp=0 --tls-cert=a, --tls-cert and --tls-key go together",
    "--otlp=0 --tls-client-ca=a, --tls-client-ca needs --tls-cert and --tls-key",
    "--otlp=0 --tls-cert=none --tls-key=none, cannot listen at 127.0.0.1:0: none",
    "--otlp=0 --max-message-bytes=0, --max-message-bytes must be 1 or more",
  })
  void whatCannotWorkIsASentence(String arguments, String sentence) {
    assertThatThrownBy(() -> start(arguments.split(" ")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void aResultIsNotWrittenOver() throws IOException {
    Path old = Files.writeString(folder.resolve("metrics.binpb"), "old");
    assertThatThrownBy(() -> start("--otlp=0", "--to=otlp-file:" + folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has a result already: " + old);
    assertThat(old).hasContent("old");
  }

  @Test
  void aPortThatIsTakenIsASentence() throws IOException {
    try (Receiving first = start("--otlp=0")) {
      assertThatThrownBy(() -> start("--otlp=" + first.port(Receiving.OTLP)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot listen at 127.0.0.1:" + first.port(Receiving.OTLP) + ": ")
          .hasMessageContaining("in use");
    }
  }

  private static Receiving start(String... args) throws IOException {
    ReceiveArguments arguments = new ReceiveArguments();
    new CommandLine(arguments).parseArgs(args);
    return Receiving.start(arguments);
  }

  private static Status.Code export(Receiving receiving, ExportLogsServiceRequest request) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "127.0.0.1:" + receiving.port(Receiving.OTLP), InsecureChannelCredentials.create())
            .build();
    try {
      LogsServiceGrpc.newBlockingStub(channel).export(request);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } finally {
      channel.shutdownNow();
    }
  }
}
