/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.TableReader;
import io.otap.core.batch.TableWriter;
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
 * The byte form of a slice between operators and in checkpoints: a version, the kind, what all
 * slices of the cut say alike, then the rows in the form of {@link TableWriter}. Reading trusts
 * nothing, as there.
 */
@Internal
public final class OtapSliceCodec {

  /** The first form. */
  private static final int VERSION_1 = 1;

  /** The same with columns that are packed. */
  private static final int VERSION_2 = 2;

  private static final int CHILD = 1;
  private static final int CLOSING = 2;
  private static final int LATE = 3;

  /** More slices than rows that a cut can have in one table. */
  private static final int MAX_SEQUENCE = 1 << 24;

  private OtapSliceCodec() {}

  public static void write(OtapSlice slice, DataOutput out) throws IOException {
    TableWriter tables = new TableWriter(out);
    CutHead head = slice.head();
    out.writeByte(VERSION_2);
    out.writeByte(kind(slice));
    out.writeByte(head.signal().root().number());
    tables.string(head.split());
    out.writeInt(head.cut());
    out.writeLong(head.eventTime());
    if (slice instanceof ChildSlice child) {
      out.writeInt(child.sequence());
      tables.string(child.file());
      tables.table(child.rows());
    } else if (slice instanceof ClosingSlice closing) {
      closing(closing, tables, out);
    } else {
      late((LateSlice) slice, tables, out);
    }
  }

  private static int kind(OtapSlice slice) {
    if (slice instanceof LateSlice) {
      return LATE;
    }
    return slice instanceof ChildSlice ? CHILD : CLOSING;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws EOFException if there is not a single byte
   * @throws OtapException of kind CORRUPT if the bytes are not a whole slice
   */
  public static OtapSlice read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION_1 && version != VERSION_2) {
      throw corrupt(
          "the bytes are no slice that this release can read: form "
              + version
              + ", the last known is "
              + VERSION_2);
    }
    try {
      return read(version == VERSION_1 ? TableReader.ofFirstForm(in) : TableReader.of(in), in);
    } catch (EOFException e) {
      throw OtapException.of(OtapErrorKind.CORRUPT, "the bytes of a slice end before its end", e);
    } catch (IllegalArgumentException e) {
      throw OtapException.of(
          OtapErrorKind.CORRUPT, "the bytes of a slice contradict the model: " + e.getMessage(), e);
    }
  }

  private static OtapSlice read(TableReader tables, DataInput in) throws IOException {
    int kind = in.readUnsignedByte();
    Signal signal = tables.signal();
    CutHead head = new CutHead(tables.string(), signal, in.readInt(), in.readLong());
    return switch (kind) {
      case CHILD ->
          new ChildSlice(
              head, bounded(in.readInt(), "number"), tables.string(), tables.table(signal));
      case CLOSING -> readClosing(head, tables, in);
      case LATE -> readLate(head, tables);
      default -> throw corrupt("there is no kind of slice of number " + kind);
    };
  }

  private static void closing(ClosingSlice slice, TableWriter tables, DataOutput out)
      throws IOException {
    RootSlice root = slice.root();
    tables.string(root.partition());
    tables.string(root.file());
    out.writeLong(root.firstRow());
    tables.table(root.rows());
    out.writeByte(root.shared().size());
    for (OtapTable shared : root.shared()) {
      tables.table(shared);
    }
    tables.recovery(root.resourceRecovery(), root.rows().rows());
    tables.recovery(root.scopeRecovery(), root.rows().rows());
    out.writeByte(slice.counts().size());
    for (Map.Entry<PayloadType, Integer> entry : slice.counts().entrySet()) {
      out.writeByte(entry.getKey().number());
      out.writeInt(entry.getValue());
    }
    out.writeInt(slice.lost().size());
    for (OrphanRows lost : slice.lost()) {
      out.writeByte(lost.table().number());
      tables.string(lost.file());
      tables.longs(lost.parentIds());
    }
    out.writeBoolean(slice.validateRelations());
  }

  private static ClosingSlice readClosing(CutHead head, TableReader tables, DataInput in)
      throws IOException {
    String partition = tables.string();
    String file = tables.string();
    long firstRow = in.readLong();
    OtapTable rows = tables.table(head.signal());
    int sharedTables = in.readUnsignedByte();
    List<OtapTable> shared = new ArrayList<>();
    for (int i = 0; i < sharedTables; i++) {
      shared.add(tables.table(head.signal()));
    }
    byte[] resources = tables.recovery(rows.rows());
    byte[] scopes = tables.recovery(rows.rows());
    Map<PayloadType, Integer> counts = new EnumMap<>(PayloadType.class);
    int countedTables = in.readUnsignedByte();
    for (int i = 0; i < countedTables; i++) {
      counts.put(tables.type(), bounded(in.readInt(), "count"));
    }
    List<OrphanRows> lost = new ArrayList<>();
    int lostFiles = in.readInt();
    for (int i = 0; i < lostFiles; i++) {
      lost.add(new OrphanRows(tables.type(), tables.string(), tables.longs()));
    }
    return new ClosingSlice(
        head,
        new RootSlice(partition, file, firstRow, rows, shared, resources, scopes),
        counts,
        lost,
        in.readBoolean());
  }

  private static void late(LateSlice slice, TableWriter tables, DataOutput out) throws IOException {
    out.writeByte(slice.table().number());
    tables.string(slice.file());
    tables.longs(slice.rows());
    tables.longs(slice.parentIds());
  }

  private static LateSlice readLate(CutHead head, TableReader tables) throws IOException {
    LateSlice slice =
        new LateSlice(head, tables.type(), tables.string(), tables.longs(), tables.longs());
    if (slice.rows().length != slice.parentIds().length) {
      throw corrupt(
          "a slice of late rows has "
              + slice.rows().length
              + " numbers of rows and "
              + slice.parentIds().length
              + " parents");
    }
    return slice;
  }

  private static int bounded(int value, String what) throws OtapException {
    if (value < 0 || value > MAX_SEQUENCE) {
      throw corrupt("a slice cannot have the " + what + " " + value);
    }
    return value;
  }

  private static OtapException corrupt(String problem) {
    return OtapException.of(OtapErrorKind.CORRUPT, problem);
  }
}
