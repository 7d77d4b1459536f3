/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.grpc.Metadata;
import io.grpc.Status;

/** How an attempt ended. */
sealed interface Answer {

  /**
   * The receiver took the request, perhaps without some records.
   *
   * @param rejected records (of metrics: data points) that it did not take
   * @param message what it says to that, or to the request as a whole; may be empty
   */
  record Taken(long rejected, String message) implements Answer {}

  /**
   * The receiver did not take the request, or it is not known whether it did.
   *
   * @param trailers null if there are none
   */
  record Refused(Status status, Metadata trailers) implements Answer {}
}
