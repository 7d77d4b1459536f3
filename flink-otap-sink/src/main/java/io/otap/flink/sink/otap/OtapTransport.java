/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.model.Signal;

/** Opens streams. */
interface OtapTransport extends AutoCloseable {

  OtapStream open(Signal signal, StreamEvents events);

  /** Lets streams that are half-closed end for a moment, and ends all. */
  @Override
  void close();
}
