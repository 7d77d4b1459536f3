/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.batch;

import io.otap.core.batch.OtapBatch;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The type of batches. They are immutable, pass between chained operators as they are, and need no
 * Kryo.
 */
@PublicEvolving
public final class OtapBatchTypeInfo extends TypeInformation<OtapBatch> {

  private static final long serialVersionUID = 1L;

  public static final OtapBatchTypeInfo INSTANCE = new OtapBatchTypeInfo();

  private OtapBatchTypeInfo() {}

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
  public Class<OtapBatch> getTypeClass() {
    return OtapBatch.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<OtapBatch> createSerializer(SerializerConfig config) {
    return OtapBatchSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "OtapBatch";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OtapBatchTypeInfo;
  }

  @Override
  public int hashCode() {
    return OtapBatchTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof OtapBatchTypeInfo;
  }
}
