/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import java.time.Duration;

/**
 * What happens to a batch.
 *
 * @param stored whether it is kept, whatever the answer says
 * @param code of the answer
 * @param message of the answer
 * @param end how the stream ends instead of an answer; null if it goes on
 * @param delay until the answer
 * @param held whether the answer waits until it is released
 */
public record OtapReply(
    boolean stored, StatusCode code, String message, Status end, Duration delay, boolean held) {

  /** Keeps the batch and says so. */
  public static OtapReply take() {
    return new OtapReply(true, StatusCode.OK, "", null, Duration.ZERO, false);
  }

  public static OtapReply refuse(StatusCode code, String message) {
    return new OtapReply(false, code, message, null, Duration.ZERO, false);
  }

  /** Keeps the batch, but answers as if not. */
  public static OtapReply takeButRefuse(StatusCode code, String message) {
    return new OtapReply(true, code, message, null, Duration.ZERO, false);
  }

  /**
   * Ends the stream without an answer, as the engine does (with OK) if it cannot decode a batch.
   */
  public static OtapReply endStream(Status status) {
    return new OtapReply(false, StatusCode.OK, "", status, Duration.ZERO, false);
  }

  /** Keeps the batch, but ends the stream without an answer. */
  public static OtapReply takeButEndStream(Status status) {
    return new OtapReply(true, StatusCode.OK, "", status, Duration.ZERO, false);
  }

  public OtapReply after(Duration pause) {
    return new OtapReply(stored, code, message, end, pause, held);
  }

  /** The same answer, given when {@link OtapService#release} says so, or never. */
  public OtapReply onRelease() {
    return new OtapReply(stored, code, message, end, delay, true);
  }
}
