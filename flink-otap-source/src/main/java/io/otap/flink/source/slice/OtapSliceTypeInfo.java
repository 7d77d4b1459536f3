/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.slice;

import io.otap.core.assemble.OtapSlice;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The type of slices. They are immutable, pass between chained operators as they are, and need no
 * Kryo.
 */
@PublicEvolving
public final class OtapSliceTypeInfo extends TypeInformation<OtapSlice> {

  private static final long serialVersionUID = 1L;

  public static final OtapSliceTypeInfo INSTANCE = new OtapSliceTypeInfo();

  private OtapSliceTypeInfo() {}

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<OtapSlice> getTypeClass() {
    return OtapSlice.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<OtapSlice> createSerializer(SerializerConfig config) {
    return OtapSliceSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "OtapSlice";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OtapSliceTypeInfo;
  }

  @Override
  public int hashCode() {
    return OtapSliceTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof OtapSliceTypeInfo;
  }
}
