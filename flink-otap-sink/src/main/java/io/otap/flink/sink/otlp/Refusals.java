/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.grpc.Status;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import java.time.Duration;
import java.util.regex.Pattern;

/** Words for what a receiver refuses. */
final class Refusals {

  private static final int LONGEST_MESSAGE = 500;

  /** What gRPC tells about itself where a connection could not be made. */
  private static final Pattern NETTY_PIPELINE = Pattern.compile("\\s*Channel Pipeline: \\[.*?]");

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
            + describe(status)
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
            + describe(status)
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
            + oneLine(message)
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

  /** The status in one line, with the failure at the bottom of it if there is one. */
  static String describe(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(": ")
          .append(oneLine(NETTY_PIPELINE.matcher(status.getDescription()).replaceAll("")));
    }
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    if (root != null && root.getMessage() != null) {
      text.append(" (").append(oneLine(root.getMessage())).append(')');
    }
    return text.toString();
  }

  static String oneLine(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
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
