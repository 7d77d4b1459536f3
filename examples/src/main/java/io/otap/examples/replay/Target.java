/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.print.PrintDetail;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import org.apache.flink.configuration.Configuration;

/** Where the telemetry goes: what {@code --to} names. */
sealed interface Target {

  /** The targets as one can write them. */
  String KNOWN =
      "otlp-file:DIR, otlp://HOST:PORT, otlps://HOST:PORT, print:basic, print:normal,"
          + " print:detailed, null:";

  /**
   * One file of OTLP requests for each signal.
   *
   * @param folder where the files go
   */
  record OtlpFile(String folder) implements Target {}

  /**
   * An OTLP receiver, over gRPC.
   *
   * @param endpoint HOST:PORT
   * @param tls whether to encrypt
   */
  record OtlpGrpc(String endpoint, boolean tls) implements Target {

    /** The options of the sink: those among the given, and what the target says itself. */
    Configuration sinkOptions(Configuration options) {
      Configuration own = new Configuration(options);
      own.set(GrpcSinkOptions.ENDPOINT, endpoint);
      if (tls) {
        own.set(GrpcSinkOptions.TLS_ENABLED, true);
      }
      return own;
    }
  }

  /** Text for people on standard output. */
  record Print(PrintDetail detail) implements Target {}

  /** Counts and discards. */
  record Discard() implements Target {}

  static Target parse(String text) throws OtapException {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    switch (kind) {
      case "otlp-file":
        if (rest.isEmpty()) {
          throw Refusal.because("the target otlp-file: needs a folder, otlp-file:DIR");
        }
        return new OtlpFile(Folder.of(rest));
      case "otlp", "otlps":
        if (!rest.startsWith("//") || rest.length() == 2) {
          throw Refusal.because("the target " + text + " must be " + kind + "://HOST:PORT");
        }
        return new OtlpGrpc(rest.substring(2), kind.equals("otlps"));
      case "print":
        PrintDetail detail = PrintDetail.of(rest);
        if (detail == null) {
          throw Refusal.because(
              "there is no print:" + rest + "; use print:basic, print:normal or print:detailed");
        }
        return new Print(detail);
      case "null":
        if (!rest.isEmpty()) {
          throw Refusal.because("the target null: takes nothing behind the colon");
        }
        return new Discard();
      default:
        throw Refusal.because("there is no target " + text + "; use one of " + KNOWN);
    }
  }
}
