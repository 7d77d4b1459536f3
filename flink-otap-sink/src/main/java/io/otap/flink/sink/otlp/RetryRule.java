/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.grpc.Status;
import io.otap.flink.sink.grpc.ServerHint;

/** Which refusals OTLP lets a sender try again. */
final class RetryRule {

  private RetryRule() {}

  /**
   * Source: OTAP-FORMAT 6.4. A receiver that pushes back with gRPC's own trailer is taken at its
   * word in both directions.
   */
  static boolean mayRetry(Status status, ServerHint hint) {
    if (hint.forbidden()) {
      return false;
    }
    return switch (status.getCode()) {
      case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS -> true;
      case RESOURCE_EXHAUSTED -> hint.given();
      default -> false;
    };
  }
}
