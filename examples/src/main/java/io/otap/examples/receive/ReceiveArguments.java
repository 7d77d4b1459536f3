/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.receive;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code bin/otap-receive}. */
@Command(
    name = "otap-receive",
    version = "otap-receive " + ReceiveArguments.VERSION,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Receives telemetry over gRPC until it is ended, to try sinks with.%n",
    description = {
      "%nSays where it listens on standard output, and what it took when it ends (Ctrl-C, SIGTERM).",
      "",
      "Targets:",
      "  otlp-file:DIR   logs.binpb, traces.binpb, metrics.binpb: OTLP requests, each with its",
      "                  length as a varint in front, written before they are acknowledged;",
      "                  what comes as OTAP is decoded",
      "  null:           counts and discards",
      "",
    },
    footer = {
      "",
      "Exit codes: 2 the arguments, address or target cannot work; else that of the signal.",
    })
final class ReceiveArguments {

  static final String VERSION = "0.1.0";

  @Option(
      names = "--otlp",
      paramLabel = "PORT",
      description = "Port for OTLP over gRPC; 0 lets the system choose.")
  Integer otlpPort;

  @Option(
      names = "--otap",
      paramLabel = "PORT",
      description = "Port for OTAP over gRPC; may be the same. At least one of both is needed.")
  Integer otapPort;

  @Option(
      names = "--listen",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address to listen at; default: ${DEFAULT-VALUE}.")
  String host;

  @Option(
      names = "--to",
      paramLabel = "TARGET",
      defaultValue = "null:",
      description = "Where the telemetry goes; default: ${DEFAULT-VALUE}")
  String to;

  @Option(
      names = "--max-message-bytes",
      paramLabel = "N",
      defaultValue = "4194304",
      description = "Larger messages are refused; default: ${DEFAULT-VALUE}, as in collectors.")
  int maxMessageBytes;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate (PEM): only encrypted connections are taken.")
  Path tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM).")
  Path tlsKey;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description = "Authorities (PEM) of clients' certificates, which are then required.")
  Path tlsClientCa;

  @Option(
      names = "--refuse-first",
      paramLabel = "N",
      description = "Answer the first N requests or batches with UNAVAILABLE and do not keep them.")
  long refuseFirst;

  @Option(
      names = "--lose-answer-every",
      paramLabel = "N",
      description =
          "Keep every N-th request or batch, but answer UNAVAILABLE, as if the answer were lost.")
  long loseAnswerEvery;

  @Option(
      names = "--end-stream-every",
      paramLabel = "N",
      description = "End the OTAP stream with OK at every N-th batch, without keeping it.")
  long endStreamEvery;

  @Option(
      names = "--delay-ms",
      paramLabel = "N",
      description = "Answer later by this many milliseconds.")
  long delayMillis;

  @Option(names = "--help", usageHelp = true, description = "This text.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "The version.")
  boolean version;

  Duration delay() {
    return Duration.ofMillis(delayMillis);
  }
}
