/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;

/** A stream that takes messages until it ends or is ended. None of these calls waits. */
interface OtapStream {

  void send(BatchArrowRecords message);

  /** No more messages follow; answers may. */
  void halfClose();

  /** Gives the stream up. */
  void cancel(String reason);
}
