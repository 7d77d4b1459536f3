/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.otap.core.model.Signal;

/** Keeps nothing. */
public final class DiscardingStore implements RequestStore {

  @Override
  public void add(Signal signal, byte[] request) {
    // It is counted by the service.
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
