/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.BatchStatus;

/**
 * What a stream tells, in the order in which it happens, in threads that must not be held up. The
 * end comes once, and nothing after it.
 */
interface StreamEvents {

  void answered(BatchStatus answer);

  /**
   * @param trailers null if there are none
   */
  void ended(Status status, Metadata trailers);
}
