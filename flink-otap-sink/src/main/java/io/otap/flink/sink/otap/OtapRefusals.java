/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.BatchStatus;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.grpc.StatusText;
import java.time.Duration;

/** Words for what a receiver does not take. */
final class OtapRefusals {

  private final String endpoint;

  OtapRefusals(String endpoint) {
    this.endpoint = endpoint;
  }

  static String describe(BatchStatus answer) {
    String message = StatusText.oneLine(answer.getStatusMessage());
    String code =
        switch (answer.getStatusCode()) {
          case UNRECOGNIZED -> "the unknown code " + answer.getStatusCodeValue();
          default -> answer.getStatusCode().name();
        };
    return message.isEmpty() ? code : code + ": " + message;
  }

  String refused(PendingBatch batch, String answer) {
    return receiver() + "refused " + batch + " with " + answer;
  }

  String refusedOften(PendingBatch batch, String answer, long now) {
    return receiver() + "did not take " + tries(batch, now) + ", at last with " + answer;
  }

  String unreadable(PendingBatch batch, int times, Status status) {
    return receiver()
        + "ended the stream "
        + times
        + " times, at last with "
        + StatusText.describe(status)
        + ", when nothing was unanswered but "
        + batch
        + ", and seems not to be able to read it";
  }

  String tooLarge(PendingBatch batch, int limit) {
    return "a single record of "
        + batch.signal().id()
        + " with what belongs to it does not fit into a message of "
        + limit
        + " bytes, as "
        + GrpcSinkOptions.MAX_MESSAGE_SIZE.key()
        + " allows here and "
        + endpoint
        + " has to allow, too";
  }

  /** A sentence about a batch that will not be taken, as the failure of the job. */
  OtapException fatal(String sentence) {
    return OtapException.of(
        OtapErrorKind.IO,
        sentence
            + "; see the receiver's log, or set "
            + OtapGrpcSinkOptions.DEAD_LETTER.key()
            + " to a folder where such batches are put aside");
  }

  /** The receiver does not work, or has no room, for longer than allowed. */
  OtapException exhausted(PendingBatch batch, String answer, long now) {
    return OtapException.of(
        OtapErrorKind.IO,
        refusedOften(batch, answer, now)
            + "; see whether it works and has room, or raise "
            + GrpcSinkOptions.RETRY_DEADLINE.key()
            + " and "
            + GrpcSinkOptions.RETRY_MAX_ATTEMPTS.key()
            + "; if it limits messages, lower "
            + GrpcSinkOptions.MAX_MESSAGE_SIZE.key());
  }

  OtapException denied(String answer) {
    return OtapException.of(
        OtapErrorKind.IO,
        receiver()
            + "takes nothing from this sink: "
            + answer
            + "; check that "
            + GrpcSinkOptions.ENDPOINT.key()
            + " is an OTAP receiver of this signal that knows "
            + GrpcSinkOptions.COMPRESSION.key()
            + ", and check "
            + GrpcSinkOptions.BEARER_TOKEN_FILE.key()
            + ", "
            + GrpcSinkOptions.HEADERS.key()
            + " and the certificates");
  }

  OtapException flushTimeout(Object window, Duration timeout) {
    return OtapException.of(
        OtapErrorKind.IO,
        receiver()
            + "did not acknowledge everything within "
            + timeout.toSeconds()
            + " s at a checkpoint or the end of input ("
            + window
            + " are open); see whether it works, or raise "
            + GrpcSinkOptions.FLUSH_TIMEOUT.key());
  }

  private String tries(PendingBatch batch, long now) {
    return batch
        + " in "
        + batch.attempts()
        + " attempts and "
        + Duration.ofMillis(now - batch.firstSentAt()).toSeconds()
        + " s";
  }

  private String receiver() {
    return "the receiver " + endpoint + " ";
  }
}
