/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import com.google.protobuf.MessageLite;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpRequests;
import java.io.IOException;

/** Batches as the message objects of protobuf-java. */
final class Requests {

  private Requests() {}

  static MessageLite of(OtapBatch batch) throws IOException {
    return switch (batch.signal()) {
      case LOGS -> OtlpRequests.logs(batch);
      case TRACES -> OtlpRequests.traces(batch);
      case METRICS -> OtlpRequests.metrics(batch);
    };
  }
}
