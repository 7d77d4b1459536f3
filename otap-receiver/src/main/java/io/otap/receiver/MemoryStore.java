/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpRequest;
import java.util.ArrayList;
import java.util.List;

/** Keeps requests in memory, in the order of their arrival. */
public final class MemoryStore implements RequestStore {

  private final List<OtlpRequest> requests = new ArrayList<>();

  @Override
  public synchronized void add(Signal signal, byte[] request) {
    requests.add(new OtlpRequest(signal, request));
  }

  public synchronized List<OtlpRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
