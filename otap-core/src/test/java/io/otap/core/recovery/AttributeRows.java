/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Attribute rows with integer values, for tests. */
final class AttributeRows {

  private final PayloadType type;
  private final List<Integer> parents = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final List<Long> values = new ArrayList<>();

  AttributeRows(PayloadType type) {
    this.type = type;
  }

  AttributeRows add(long parent, String key, long value) {
    parents.add((int) parent);
    keys.add(key);
    values.add(value);
    return this;
  }

  OtapTable table() {
    int n = keys.size();
    Vector[] vectors = new Vector[type.columns().size()];
    byte[] types = new byte[n];
    Arrays.fill(types, (byte) AttributeType.INT.code());
    int[] offsets = new int[n + 1];
    for (int k = 0; k < n; k++) {
      offsets[k + 1] = offsets[k] + keys.get(k).length();
    }
    vectors[type.parentId().index()] =
        new IntVector(n, null, parents.stream().mapToInt(p -> p).toArray());
    vectors[type.column("type").index()] = new ByteVector(n, null, types);
    vectors[type.column("key").index()] =
        new BinaryVector(
            n, null, null, offsets, String.join("", keys).getBytes(StandardCharsets.UTF_8));
    vectors[type.column("int").index()] =
        new LongVector(n, null, values.stream().mapToLong(v -> v).toArray());
    return new OtapTable(type, n, vectors);
  }

  AttributeSets sets() {
    AttributeSetsBuilder builder = new AttributeSetsBuilder(type);
    builder.add(table());
    return builder.build();
  }

  /** A set as text, for comparison; empty for -1. */
  static String text(AttributeSets sets, int set) {
    OtapTable table = sets.table(new int[] {set});
    List<String> parts = new ArrayList<>();
    for (int row = 0; table != null && row < table.rows(); row++) {
      parts.add(table.binaryVector("key").string(row) + "=" + table.longVector("int").get(row));
    }
    parts.sort(null);
    return String.join(",", parts);
  }
}
