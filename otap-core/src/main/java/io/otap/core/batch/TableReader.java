/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.DataInput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what {@link TableWriter} wrote. It trusts nothing: whatever the bytes claim, memory grows
 * only with bytes that are there.
 */
@Internal
public final class TableReader {

  private static final Map<Integer, PayloadType> BY_NUMBER = new HashMap<>();
  private static final Map<PayloadType, Signal> BY_ROOT = new EnumMap<>(PayloadType.class);

  static {
    for (PayloadType type : PayloadType.values()) {
      BY_NUMBER.put(type.number(), type);
    }
    for (Signal signal : Signal.values()) {
      BY_ROOT.put(signal.root(), signal);
    }
  }

  private final DataInput in;
  private final BufferInput buffers;
  private final VectorSource vectors;

  private TableReader(DataInput in, BufferInput buffers, VectorSource vectors) {
    this.in = in;
    this.buffers = buffers;
    this.vectors = vectors;
  }

  /** Of what {@link TableWriter} writes. */
  public static TableReader of(DataInput in) {
    BufferInput buffers = new BufferInput(in);
    return new TableReader(in, buffers, new PackedVectors(buffers, in));
  }

  /** Of what the first form was. */
  public static TableReader ofFirstForm(DataInput in) {
    BufferInput buffers = new BufferInput(in);
    return new TableReader(in, buffers, new FirstVectors(buffers, in));
  }

  /** The signal whose root table is named. */
  public Signal signal() throws IOException {
    Signal signal = BY_ROOT.get(type());
    if (signal == null) {
      throw OtapBatchCodec.corrupt("the batch is of no known signal");
    }
    return signal;
  }

  public PayloadType type() throws IOException {
    int number = in.readUnsignedByte();
    PayloadType type = BY_NUMBER.get(number);
    if (type == null) {
      throw OtapBatchCodec.corrupt("there is no table of number " + number);
    }
    return type;
  }

  public OtapTable table(Signal signal) throws IOException {
    PayloadType type = type();
    int rows = in.readInt();
    if (rows < 0 || type == signal.root() && rows > OtapBatch.MAX_ROWS) {
      throw OtapBatchCodec.corrupt(
          "a table cannot have " + Integer.toUnsignedString(rows) + " rows");
    }
    Vector[] columns = new Vector[type.columns().size()];
    int present = in.readUnsignedByte();
    for (int i = 0; i < present; i++) {
      int index = in.readUnsignedByte();
      if (index >= columns.length) {
        throw OtapBatchCodec.corrupt(type.folder() + " has no column of number " + index);
      }
      Column column = type.columns().get(index);
      columns[index] = vectors.read(column.type().storage(), column.list(), rows);
    }
    return new OtapTable(type, rows, columns);
  }

  public String string() throws IOException {
    return buffers.string();
  }

  public long[] longs() throws IOException {
    return buffers.longs(in.readInt());
  }

  /** {@link Recovery} ordinals of as many rows, or null. */
  public byte[] recovery(int rows) throws IOException {
    if (in.readUnsignedByte() == TableWriter.ABSENT) {
      return null;
    }
    byte[] recovery = buffers.bytes(rows);
    for (byte code : recovery) {
      if (code < 0 || code > Recovery.N.ordinal()) {
        throw OtapBatchCodec.corrupt("there is no class of recovery of number " + code);
      }
    }
    return recovery;
  }
}
