/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.CheckedOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

/**
 * When a batch of rows ends.
 *
 * @param bytes about
 * @param delayMillis how long its first row may wait
 */
@Internal
public record BatchLimits(int rows, long bytes, long delayMillis) implements Serializable {

  static BatchLimits of(ReadableConfig options) throws OtapException {
    int rows = options.get(OtapConnectorOptions.SINK_BATCH_SIZE);
    if (rows < 1 || rows > OtapBatch.MAX_ROWS) {
      throw CheckedOptions.invalid(
          OtapConnectorOptions.SINK_BATCH_SIZE, rows, "1 to " + OtapBatch.MAX_ROWS, null);
    }
    Duration delay = options.get(OtapConnectorOptions.SINK_BATCH_DELAY);
    if (delay.toMillis() < 1) {
      throw CheckedOptions.invalid(
          OtapConnectorOptions.SINK_BATCH_DELAY, delay, "a time of a millisecond or more", null);
    }
    return new BatchLimits(
        rows, options.get(OtapConnectorOptions.SINK_BATCH_BYTES).getBytes(), delay.toMillis());
  }
}
