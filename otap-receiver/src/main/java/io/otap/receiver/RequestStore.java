/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.otap.core.model.Signal;
import java.io.IOException;

/** Keeps requests. Called by several threads at once. */
public interface RequestStore extends AutoCloseable {

  /** Keeps a serialized {@code Export…ServiceRequest}; it is acknowledged only after that. */
  void add(Signal signal, byte[] request) throws IOException;

  @Override
  void close() throws IOException;
}
