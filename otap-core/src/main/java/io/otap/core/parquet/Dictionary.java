/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.Type;

/** The values of a chunk's dictionary page. Copied from the page, because vectors share them. */
final class Dictionary {

  final int size;
  final int[] ints;
  final long[] longs;
  final double[] doubles;
  final int[] offsets;
  final byte[] data;

  private Dictionary(
      int size, int[] ints, long[] longs, double[] doubles, int[] offsets, byte[] data) {
    this.size = size;
    this.ints = ints;
    this.longs = longs;
    this.doubles = doubles;
    this.offsets = offsets;
    this.data = data;
  }

  static Dictionary read(Leaf leaf, byte[] bytes, int from, int end, int size) throws IOException {
    Type type = leaf.type();
    int least = type == Type.INT64 || type == Type.DOUBLE ? 8 : 4;
    if (type == Type.FIXED_LEN_BYTE_ARRAY) {
      least = leaf.length();
    }
    if (size < 0 || (long) size * least > end - from) {
      throw OtapException.of(
          CORRUPT,
          "a dictionary of "
              + size
              + " values has only "
              + (end - from)
              + " bytes; copy the file"
              + " again");
    }
    PlainValues values = PlainValues.of(leaf, bytes, from, end, () -> size);
    switch (type) {
      case INT32 -> {
        int[] ints = new int[size];
        values.ints(ints, 0, size);
        return new Dictionary(size, ints, null, null, null, null);
      }
      case INT64 -> {
        long[] longs = new long[size];
        values.longs(longs, 0, size);
        return new Dictionary(size, null, longs, null, null, null);
      }
      case DOUBLE -> {
        double[] doubles = new double[size];
        values.doubles(doubles, 0, size);
        return new Dictionary(size, null, null, doubles, null, null);
      }
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> {
        BinaryPlain plain = new BinaryPlain();
        plain.reserve(end - from - (type == Type.BYTE_ARRAY ? 4L * size : 0));
        values.binaries(plain, size);
        int[] offsets = Arrays.copyOf(plain.offsets, size + 1);
        byte[] data =
            plain.data.length == offsets[size]
                ? plain.data
                : Arrays.copyOf(plain.data, offsets[size]);
        return new Dictionary(size, null, null, null, offsets, data);
      }
      default ->
          throw OtapException.of(CORRUPT, "a column of " + type + " cannot have a dictionary");
    }
  }
}
