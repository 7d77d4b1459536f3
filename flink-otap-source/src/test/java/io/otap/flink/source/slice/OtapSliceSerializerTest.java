/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.slice;

import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.TestSlices;
import io.otap.core.model.PayloadType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;

class OtapSliceSerializerTest extends SerializerTestBase<OtapSlice> {

  OtapSliceSerializerTest() {
    super(
        new DeeplyEqualsChecker()
            .withCustomCheck(
                (a, b) -> a instanceof OtapSlice && b instanceof OtapSlice,
                (a, b, checker) -> Arrays.equals(bytes((OtapSlice) a), bytes((OtapSlice) b))));
  }

  @Override
  protected TypeSerializer<OtapSlice> createSerializer() {
    return OtapSliceSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<OtapSlice> getTypeClass() {
    return OtapSlice.class;
  }

  @Override
  protected OtapSlice[] getTestData() {
    try {
      List<OtapSlice> slices = new ArrayList<>(TestSlices.of("traces").largest());
      slices.add(
          new LateSlice(
              slices.get(0).head(),
              PayloadType.SPAN_ATTRS,
              "/data/span_attrs/a",
              new long[] {0, 1L << 40},
              new long[] {7, 0xffff_ffffL}));
      return slices.toArray(new OtapSlice[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(OtapSlice slice) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(256);
      OtapSliceSerializer.INSTANCE.serialize(slice, out);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
