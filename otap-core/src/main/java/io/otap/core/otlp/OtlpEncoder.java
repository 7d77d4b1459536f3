/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.OtapBatch;

/** Batches as OTLP. */
@PublicEvolving
public final class OtlpEncoder {

  private OtlpEncoder() {}

  /** The bytes of the signal's {@code Export…ServiceRequest}. */
  public static byte[] encode(OtapBatch batch) throws java.io.IOException {
    throw new UnsupportedOperationException();
  }
}
