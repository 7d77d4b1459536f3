/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;

/** What a status means for the batches that it is about. Source: OTAP-FORMAT 6.1 to 6.3. */
enum Verdict {
  TAKEN,
  /** The receiver could not take it now. */
  TRY_AGAIN,
  /** It has no room now; that says nothing about a batch. */
  OVERLOADED,
  /** It will never take this batch. */
  REFUSED,
  /** It takes nothing from this sender. */
  DENIED,
  /** The stream ended over a batch that it had, perhaps; it does not say which. */
  SUSPICIOUS;

  static Verdict of(StatusCode answer) {
    return switch (answer) {
      case OK -> TAKEN;
      case INVALID_ARGUMENT -> REFUSED;
      case PERMISSION_DENIED, UNAUTHENTICATED -> DENIED;
      case RESOURCE_EXHAUSTED -> OVERLOADED;
      default -> TRY_AGAIN;
    };
  }

  /**
   * Of a stream that ends with batches that are not answered. The engine ends a stream with OK if
   * it cannot decode a batch, the Collector with INTERNAL or INVALID_ARGUMENT.
   */
  static Verdict ofEnd(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED -> TRY_AGAIN;
      case RESOURCE_EXHAUSTED -> OVERLOADED;
      case PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED, NOT_FOUND -> DENIED;
      default -> SUSPICIOUS;
    };
  }
}
