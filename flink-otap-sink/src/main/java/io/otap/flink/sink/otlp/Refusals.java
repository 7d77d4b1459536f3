/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.grpc.Status;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.grpc.StatusText;
import java.time.Duration;

/** Words for what a receiver refuses. */
final class Refusals {

  private final String endpoint;

  Refusals(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The receiver says that another attempt is in vain. */
  OtapException isFinal(PendingRequest request, Status status) {
    return OtapException.of(
        OtapErrorKind.IO,
        "the receiver "
            + endpoint
            + " refused "
            + request
            + " with "
            + StatusText.describe(status)
            + "; OTLP allows no retry of that: "
            + remedy(status.getCode()));
  }

  /** The attempts are used up. */
  OtapException exhausted(PendingRequest request, Status status, long millis) {
    return OtapException.of(
        OtapErrorKind.IO,
        "the receiver "
            + endpoint
            + " did not take "
            + request
            + " in "
            + request.attempts()
            + " attempts and "
            + Duration.ofMillis(millis).toSeconds()
            + " s, at last with "
            + StatusText.describe(status)
            + "; see whether it works, or raise "
            + GrpcSinkOptions.RETRY_DEADLINE.key()
            + " and "
            + GrpcSinkOptions.RETRY_MAX_ATTEMPTS.key());
  }

  OtapException partial(PendingRequest request, long rejected, String message) {
    return OtapException.of(
        OtapErrorKind.IO,
        "the receiver "
            + endpoint
            + " rejected "
            + rejected
            + " records of "
            + request
            + ": "
            + StatusText.oneLine(message)
            + "; set "
            + OtlpGrpcSinkOptions.ON_PARTIAL_SUCCESS.key()
            + " to count to go on without them");
  }

  OtapException flushTimeout(Object window, Duration timeout) {
    return OtapException.of(
        OtapErrorKind.IO,
        "the receiver "
            + endpoint
            + " did not acknowledge everything within "
            + timeout.toSeconds()
            + " s at a checkpoint or the end of input ("
            + window
            + " are open); see whether it works, or raise "
            + GrpcSinkOptions.FLUSH_TIMEOUT.key());
  }

  private static String remedy(Status.Code code) {
    return switch (code) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          "check "
              + GrpcSinkOptions.BEARER_TOKEN_FILE.key()
              + ", "
              + GrpcSinkOptions.HEADERS.key()
              + " and the certificates";
      case RESOURCE_EXHAUSTED ->
          "if it limits messages, lower "
              + GrpcSinkOptions.MAX_MESSAGE_SIZE.key()
              + "; if it is overloaded, it should say when to come back";
      case UNIMPLEMENTED ->
          "check that "
              + GrpcSinkOptions.ENDPOINT.key()
              + " is an OTLP gRPC receiver of this signal and knows "
              + GrpcSinkOptions.COMPRESSION.key();
      default -> "see the receiver's log";
    };
  }
}
