/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.model.ColumnType;
import java.io.DataInput;
import java.io.IOException;

/** Vectors in their first form: validity, then the buffers as they were. */
final class FirstVectors implements VectorSource {

  private static final int PLAIN = 0;
  private static final int DICTIONARY = 1;

  private final BufferInput buffers;
  private final DataInput in;

  FirstVectors(BufferInput buffers, DataInput in) {
    this.buffers = buffers;
    this.in = in;
  }

  @Override
  public Vector read(ColumnType.Storage storage, boolean list, int length) throws IOException {
    long[] validity = in.readBoolean() ? validity(buffers, length) : null;
    if (list) {
      int[] offsets = offsets(length);
      return new ListVector(length, validity, offsets, read(storage, false, offsets[length]));
    }
    return switch (storage) {
      case BYTES -> new ByteVector(length, validity, buffers.bytes(length));
      case INTS -> new IntVector(length, validity, buffers.ints(0, length));
      case LONGS -> new LongVector(length, validity, buffers.longs(length));
      case DOUBLES -> new DoubleVector(length, validity, buffers.doubles(length));
      case BINARY -> binary(length, validity);
    };
  }

  private BinaryVector binary(int length, long[] validity) throws IOException {
    int form = in.readUnsignedByte();
    if (form == PLAIN) {
      int[] offsets = offsets(length);
      return new BinaryVector(length, validity, null, offsets, buffers.bytes(offsets[length]));
    }
    if (form != DICTIONARY) {
      throw OtapBatchCodec.corrupt("there is no form of strings of number " + form);
    }
    int entries = in.readInt();
    int[] ids = buffers.ints(0, length);
    for (int row = 0; row < length; row++) {
      boolean none = ids[row] == 0 && !Validity.get(validity, row);
      if ((ids[row] < 0 || ids[row] >= entries) && !none) {
        throw OtapBatchCodec.corrupt("a row refers to an entry that its dictionary lacks");
      }
    }
    int[] offsets = offsets(entries);
    return new BinaryVector(length, validity, ids, offsets, buffers.bytes(offsets[entries]));
  }

  static long[] validity(BufferInput buffers, int length) throws IOException {
    long[] bits = buffers.longs((int) ((length + 63L) >>> 6));
    if ((length & 63) != 0 && (bits[bits.length - 1] & -1L << length) != 0) {
      throw OtapBatchCodec.corrupt("a bitmap has more rows than its table");
    }
    return bits;
  }

  /** Starts from 0 on; never falling. */
  private int[] offsets(int length) throws IOException {
    int[] offsets = buffers.ints(1, length);
    for (int i = 0; i < length; i++) {
      if (offsets[i + 1] < offsets[i]) {
        throw OtapBatchCodec.corrupt("an offset of a buffer is below the one before");
      }
    }
    return offsets;
  }
}
