/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.slice;

import io.otap.core.assemble.OtapSlice;
import io.otap.flink.source.type.ImmutableTypeInfo;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The type of slices. They are immutable, pass between chained operators as they are, and need no
 * Kryo.
 */
@PublicEvolving
public final class OtapSliceTypeInfo extends ImmutableTypeInfo<OtapSlice> {

  private static final long serialVersionUID = 1L;

  public static final OtapSliceTypeInfo INSTANCE = new OtapSliceTypeInfo();

  private OtapSliceTypeInfo() {
    super(OtapSlice.class, OtapSliceSerializer.INSTANCE);
  }
}
