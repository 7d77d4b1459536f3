/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.model.Signal;
import java.util.function.Consumer;

/** Makes attempts. */
interface OtlpTransport extends AutoCloseable {

  /**
   * Sends a request once.
   *
   * @param answered called once, in a thread that must not be held up
   */
  void send(Signal signal, byte[] request, Consumer<Answer> answered);

  /** Ends all attempts; nothing is waited for longer than a moment. */
  @Override
  void close();
}
