/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import io.otap.core.assemble.OtapSlice;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;

/** Slices belong together by the id of their split and the number of their cut. */
@Internal
public final class CutKey implements KeySelector<OtapSlice, Tuple2<String, Integer>> {

  private static final long serialVersionUID = 1L;

  public static final TypeInformation<Tuple2<String, Integer>> TYPE =
      Types.TUPLE(Types.STRING, Types.INT);

  @Override
  public Tuple2<String, Integer> getKey(OtapSlice slice) {
    return Tuple2.of(slice.head().split(), slice.head().cut());
  }
}
