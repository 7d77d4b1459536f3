/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.batch;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.source.type.ImmutableTypeInfo;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The type of batches. They are immutable, pass between chained operators as they are, and need no
 * Kryo.
 */
@PublicEvolving
public final class OtapBatchTypeInfo extends ImmutableTypeInfo<OtapBatch> {

  private static final long serialVersionUID = 1L;

  public static final OtapBatchTypeInfo INSTANCE = new OtapBatchTypeInfo();

  private OtapBatchTypeInfo() {
    super(OtapBatch.class, OtapBatchSerializer.INSTANCE);
  }
}
