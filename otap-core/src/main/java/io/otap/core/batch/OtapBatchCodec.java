/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The byte form of a batch between operators and in checkpoints: a version, then the buffers of the
 * columns as they are. A dictionary is cut down to the entries in use.
 *
 * <p>Columns are named by their position in the model; a change of the model needs a new version.
 * Reading trusts nothing: whatever the bytes claim, memory grows only with bytes that are there.
 */
@Internal
public final class OtapBatchCodec {

  /** The first form. */
  private static final int VERSION_1 = 1;

  private static final int ABSENT = 0;
  private static final int PRESENT = 1;

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

  private OtapBatchCodec() {}

  public static void write(OtapBatch batch, DataOutput out) throws IOException {
    BufferOutput buffers = new BufferOutput(out);
    out.writeByte(VERSION_1);
    out.writeByte(batch.signal().root().number());
    Origin origin = batch.origin();
    buffers.string(origin.partition());
    buffers.string(origin.file());
    out.writeLong(origin.firstRow());
    out.writeByte(origin.orphans().size());
    for (Map.Entry<PayloadType, Long> entry : orphans(origin).entrySet()) {
      out.writeByte(entry.getKey().number());
      out.writeLong(entry.getValue());
    }
    out.writeByte(batch.tables().size());
    for (OtapTable table : batch.tables()) {
      writeTable(table, buffers, out);
    }
    writeRecovery(batch.resourceRecovery(), batch.rows(), out);
    writeRecovery(batch.scopeRecovery(), batch.rows(), out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws EOFException if there is not a single byte
   * @throws OtapException of kind CORRUPT if the bytes are not a whole batch
   */
  public static OtapBatch read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION_1) {
      throw corrupt(
          "the bytes are no batch that this release can read: form "
              + version
              + ", known is "
              + VERSION_1);
    }
    try {
      return readVersion1(in);
    } catch (EOFException e) {
      throw OtapException.of(OtapErrorKind.CORRUPT, "the bytes of a batch end before its end", e);
    } catch (IllegalArgumentException e) {
      throw OtapException.of(
          OtapErrorKind.CORRUPT, "the bytes of a batch contradict the model: " + e.getMessage(), e);
    }
  }

  private static OtapBatch readVersion1(DataInput in) throws IOException {
    BufferInput buffers = new BufferInput(in);
    Signal signal = BY_ROOT.get(payloadType(in.readUnsignedByte()));
    if (signal == null) {
      throw corrupt("the batch is of no known signal");
    }
    String partition = buffers.string();
    String file = buffers.string();
    long firstRow = in.readLong();
    Map<PayloadType, Long> orphans = new EnumMap<>(PayloadType.class);
    int orphanTables = in.readUnsignedByte();
    for (int i = 0; i < orphanTables; i++) {
      orphans.put(payloadType(in.readUnsignedByte()), in.readLong());
    }
    int count = in.readUnsignedByte();
    List<OtapTable> tables = new ArrayList<>(count);
    int rows = 0;
    for (int i = 0; i < count; i++) {
      OtapTable table = readTable(signal, buffers, in);
      tables.add(table);
      rows = table.type() == signal.root() ? table.rows() : rows;
    }
    byte[] resources = readRecovery(rows, buffers, in);
    byte[] scopes = readRecovery(rows, buffers, in);
    return new OtapBatch(
        signal, tables, new Origin(partition, file, firstRow, orphans), resources, scopes);
  }

  private static void writeTable(OtapTable table, BufferOutput buffers, DataOutput out)
      throws IOException {
    List<Column> columns = table.type().columns();
    out.writeByte(table.type().number());
    out.writeInt(table.rows());
    out.writeByte((int) columns.stream().filter(c -> table.vector(c) != null).count());
    VectorWriter vectors = new VectorWriter(buffers, out);
    for (Column column : columns) {
      Vector vector = table.vector(column);
      if (vector != null) {
        out.writeByte(column.index());
        vectors.write(vector);
      }
    }
  }

  private static OtapTable readTable(Signal signal, BufferInput buffers, DataInput in)
      throws IOException {
    PayloadType type = payloadType(in.readUnsignedByte());
    int rows = in.readInt();
    if (rows < 0 || type == signal.root() && rows > OtapBatch.MAX_ROWS) {
      throw corrupt("a table cannot have " + Integer.toUnsignedString(rows) + " rows");
    }
    VectorReader vectors = new VectorReader(buffers, in);
    Vector[] columns = new Vector[type.columns().size()];
    int present = in.readUnsignedByte();
    for (int i = 0; i < present; i++) {
      int index = in.readUnsignedByte();
      if (index >= columns.length) {
        throw corrupt(type.folder() + " has no column of number " + index);
      }
      Column column = type.columns().get(index);
      columns[index] = vectors.read(column.type().storage(), column.list(), rows);
    }
    return new OtapTable(type, rows, columns);
  }

  private static void writeRecovery(byte[] recovery, int rows, DataOutput out) throws IOException {
    out.writeByte(recovery == null ? ABSENT : PRESENT);
    if (recovery != null) {
      out.write(recovery, 0, rows);
    }
  }

  private static byte[] readRecovery(int rows, BufferInput buffers, DataInput in)
      throws IOException {
    if (in.readUnsignedByte() == ABSENT) {
      return null;
    }
    byte[] recovery = buffers.bytes(rows);
    for (byte code : recovery) {
      if (code < 0 || code > Recovery.N.ordinal()) {
        throw corrupt("there is no class of recovery of number " + code);
      }
    }
    return recovery;
  }

  private static Map<PayloadType, Long> orphans(Origin origin) {
    Map<PayloadType, Long> ordered = new EnumMap<>(PayloadType.class);
    ordered.putAll(origin.orphans());
    return ordered;
  }

  private static PayloadType payloadType(int number) throws OtapException {
    PayloadType type = BY_NUMBER.get(number);
    if (type == null) {
      throw corrupt("there is no table of number " + number);
    }
    return type;
  }

  static OtapException corrupt(String problem) {
    return OtapException.of(OtapErrorKind.CORRUPT, problem);
  }
}
