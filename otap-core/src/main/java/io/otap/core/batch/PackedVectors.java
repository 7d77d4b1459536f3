/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.model.ColumnType;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

/** Reads what {@link VectorWriter} wrote. */
final class PackedVectors implements VectorSource {

  private final BufferInput buffers;
  private final PackedInput numbers;
  private final DataInput in;

  PackedVectors(BufferInput buffers, DataInput in) {
    this.buffers = buffers;
    this.numbers = new PackedInput(in);
    this.in = in;
  }

  @Override
  public Vector read(ColumnType.Storage storage, boolean list, int length) throws IOException {
    long[] validity = in.readBoolean() ? FirstVectors.validity(buffers, length) : null;
    int present = Validity.count(validity, length);
    if (list) {
      int[] offsets = offsets(numbers.ints(length, length), length);
      return new ListVector(length, validity, offsets, read(storage, false, offsets[length]));
    }
    return switch (storage) {
      case BYTES -> new ByteVector(length, validity, bytes(present, length, validity));
      case INTS -> new IntVector(length, validity, ints(present, length, validity));
      case LONGS -> new LongVector(length, validity, longs(present, length, validity));
      case DOUBLES -> new DoubleVector(length, validity, doubles(present, length, validity));
      case BINARY -> binary(present, length, validity);
    };
  }

  private byte[] bytes(int present, int length, long[] validity) throws IOException {
    byte[] values = buffers.bytes(present);
    if (present < length) {
      values = Arrays.copyOf(values, length);
      Spread.bytes(values, 0, length, present, validity);
    }
    return values;
  }

  private int[] ints(int present, int length, long[] validity) throws IOException {
    int[] values = numbers.ints(present, length);
    if (present < length) {
      Spread.ints(values, 0, length, present, validity);
    }
    return values;
  }

  private long[] longs(int present, int length, long[] validity) throws IOException {
    long[] values = numbers.longs(present, length);
    if (present < length) {
      Spread.longs(values, 0, length, present, validity);
    }
    return values;
  }

  private double[] doubles(int present, int length, long[] validity) throws IOException {
    double[] values = buffers.doubles(present);
    if (present < length) {
      values = Arrays.copyOf(values, length);
      Spread.doubles(values, 0, length, present, validity);
    }
    return values;
  }

  private BinaryVector binary(int present, int length, long[] validity) throws IOException {
    int form = in.readUnsignedByte();
    if (form == VectorWriter.PLAIN) {
      int[] offsets = offsets(ints(present, length, validity), length);
      return new BinaryVector(length, validity, null, offsets, buffers.bytes(offsets[length]));
    }
    if (form != VectorWriter.DICTIONARY) {
      throw OtapBatchCodec.corrupt("there is no form of strings of number " + form);
    }
    int entries = in.readInt();
    BufferInput.checkLength(entries);
    int[] offsets = offsets(numbers.ints(entries, entries), entries);
    byte[] data = buffers.bytes(offsets[entries]);
    int[] ids = numbers.ints(present, length);
    int outside = 0;
    for (int i = 0; i < present; i++) {
      outside |= ids[i] | entries - 1 - ids[i];
    }
    if (outside < 0) {
      throw OtapBatchCodec.corrupt("a row refers to an entry that its dictionary lacks");
    }
    if (present < length) {
      Spread.ints(ids, 0, length, present, validity);
    }
    return new BinaryVector(length, validity, ids, offsets, data);
  }

  /** Starts of values of these sizes, and the end of the last. */
  private static int[] offsets(int[] sizes, int length) throws IOException {
    int[] offsets = new int[length + 1];
    long end = 0;
    for (int i = 0; i < length; i++) {
      end += sizes[i];
      if (sizes[i] < 0 || end > Integer.MAX_VALUE - 8) {
        throw OtapBatchCodec.corrupt("values cannot have " + end + " bytes or elements");
      }
      offsets[i + 1] = (int) end;
    }
    return offsets;
  }
}
