/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;

/**
 * Batches as OTLP. The bytes are written straight from the columns, without message objects.
 *
 * <p>Rows of a resource are put together, and in it rows of a scope; within a scope they keep their
 * order. What a batch does not hold (entity references of resources; what an exporter dropped) is
 * left out.
 */
@PublicEvolving
public final class OtlpEncoder {

  private OtlpEncoder() {}

  /**
   * The bytes of the signal's {@code Export…ServiceRequest}.
   *
   * <p>Values are nested up to 64 deep. The parsers of some languages accept less by default;
   * {@link OtlpRequests} accepts all.
   *
   * @throws OtapException of kind CORRUPT if a nested value is not the CBOR that the format asks
   *     for, SCHEMA if a type code is unknown, RECONSTRUCTION if a child row has no parent or the
   *     bytes are more than an array holds; the row is one of the batch, the file that of its root
   *     rows
   */
  public static byte[] encode(OtapBatch batch) throws OtapException {
    return new OtlpBuffer().encode(batch).toByteArray();
  }
}
