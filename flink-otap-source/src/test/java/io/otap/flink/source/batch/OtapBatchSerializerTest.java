/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.batch;

import io.otap.core.batch.BatchEquality;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RandomBatches;
import io.otap.core.model.Signal;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;

class OtapBatchSerializerTest extends SerializerTestBase<OtapBatch> {

  OtapBatchSerializerTest() {
    super(
        new DeeplyEqualsChecker()
            .withCustomCheck(
                (a, b) -> a instanceof OtapBatch && b instanceof OtapBatch,
                (a, b, checker) -> {
                  BatchEquality.assertSame((OtapBatch) a, (OtapBatch) b);
                  return true;
                }));
  }

  @Override
  protected TypeSerializer<OtapBatch> createSerializer() {
    return OtapBatchSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<OtapBatch> getTypeClass() {
    return OtapBatch.class;
  }

  @Override
  protected OtapBatch[] getTestData() {
    RandomBatches batches = new RandomBatches(1);
    OtapBatch[] data = new OtapBatch[Signal.values().length];
    for (Signal signal : Signal.values()) {
      data[signal.ordinal()] = batches.next(signal, 20);
    }
    return data;
  }
}
