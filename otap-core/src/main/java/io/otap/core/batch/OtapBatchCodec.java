/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
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

  /** The same with columns that are packed. */
  private static final int VERSION_2 = 2;

  private OtapBatchCodec() {}

  public static void write(OtapBatch batch, DataOutput out) throws IOException {
    TableWriter tables = new TableWriter(out);
    out.writeByte(VERSION_2);
    out.writeByte(batch.signal().root().number());
    Origin origin = batch.origin();
    tables.string(origin.partition());
    tables.string(origin.file());
    out.writeLong(origin.firstRow());
    out.writeByte(origin.orphans().size());
    for (Map.Entry<PayloadType, Long> entry : orphans(origin).entrySet()) {
      out.writeByte(entry.getKey().number());
      out.writeLong(entry.getValue());
    }
    out.writeByte(batch.tables().size());
    for (OtapTable table : batch.tables()) {
      tables.table(table);
    }
    tables.recovery(batch.resourceRecovery(), batch.rows());
    tables.recovery(batch.scopeRecovery(), batch.rows());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws EOFException if there is not a single byte
   * @throws OtapException of kind CORRUPT if the bytes are not a whole batch
   */
  public static OtapBatch read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION_1 && version != VERSION_2) {
      throw corrupt(
          "the bytes are no batch that this release can read: form "
              + version
              + ", the last known is "
              + VERSION_2);
    }
    try {
      return read(version == VERSION_1 ? TableReader.ofFirstForm(in) : TableReader.of(in), in);
    } catch (EOFException e) {
      throw OtapException.of(OtapErrorKind.CORRUPT, "the bytes of a batch end before its end", e);
    } catch (IllegalArgumentException e) {
      throw OtapException.of(
          OtapErrorKind.CORRUPT, "the bytes of a batch contradict the model: " + e.getMessage(), e);
    }
  }

  private static OtapBatch read(TableReader tableReader, DataInput in) throws IOException {
    Signal signal = tableReader.signal();
    String partition = tableReader.string();
    String file = tableReader.string();
    long firstRow = in.readLong();
    Map<PayloadType, Long> orphans = new EnumMap<>(PayloadType.class);
    int orphanTables = in.readUnsignedByte();
    for (int i = 0; i < orphanTables; i++) {
      orphans.put(tableReader.type(), in.readLong());
    }
    int count = in.readUnsignedByte();
    List<OtapTable> tables = new ArrayList<>(count);
    int rows = 0;
    for (int i = 0; i < count; i++) {
      OtapTable table = tableReader.table(signal);
      tables.add(table);
      rows = table.type() == signal.root() ? table.rows() : rows;
    }
    byte[] resources = tableReader.recovery(rows);
    byte[] scopes = tableReader.recovery(rows);
    return new OtapBatch(
        signal, tables, new Origin(partition, file, firstRow, orphans), resources, scopes);
  }

  private static Map<PayloadType, Long> orphans(Origin origin) {
    Map<PayloadType, Long> ordered = new EnumMap<>(PayloadType.class);
    ordered.putAll(origin.orphans());
    return ordered;
  }

  static OtapException corrupt(String problem) {
    return OtapException.of(OtapErrorKind.CORRUPT, problem);
  }
}
