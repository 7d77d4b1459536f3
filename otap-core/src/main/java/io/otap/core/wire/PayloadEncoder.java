/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.github.luben.zstd.ZstdCompressCtx;
import com.google.protobuf.UnsafeByteOperations;
import io.opentelemetry.proto.experimental.arrow.v1.ArrowPayload;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes the Arrow stream of one table, a piece for each message. Columns appear when they are
 * first needed and stay; a new column or key width is a new schema, hence a new stream with another
 * {@code schema_id} and dictionaries that begin anew.
 */
final class PayloadEncoder {

  private final PayloadType type;
  private final Supplier<String> schemaIds;
  private final IpcWriter ipc;
  private final BodyWriter body;
  private final ColumnEncoder[] columns;
  private WireSchema schema;
  private String schemaId;

  /**
   * @param steadyColumns as in {@link EncoderOptions}
   * @param schemaIds unique over the tables of a stream
   */
  PayloadEncoder(
      PayloadType type,
      boolean steadyColumns,
      Supplier<String> schemaIds,
      IpcWriter ipc,
      BodyWriter body) {
    this.type = type;
    this.schemaIds = schemaIds;
    this.ipc = ipc;
    this.body = body;
    this.columns =
        type.columns().stream()
            .map(column -> new ColumnEncoder(column, steadyColumns && column.isFixedByFirstBatch()))
            .toArray(ColumnEncoder[]::new);
  }

  /**
   * @param compressor null for no compression
   */
  ArrowPayload encode(OtapTable table, ZstdCompressCtx compressor) throws OtapException {
    ColumnRows[] rows = ColumnRows.of(encodedIds(table));
    boolean begins = prepare(rows);
    ipc.begin();
    if (begins) {
      ipc.schema(schema);
    }
    for (ColumnEncoder column : columns) {
      if (column.isPresent() && column.hasDictionary() && (begins || column.unsent() > 0)) {
        int entries = column.unsent();
        boolean delta = column.isContinued();
        body.begin(compressor);
        column.writeEntries(body);
        ipc.dictionary(column.column().index(), delta, entries, body);
      }
    }
    body.begin(compressor);
    for (Field field : schema.fields()) {
      write(field, table.rows(), rows);
    }
    ipc.rows(table.rows(), body);
    return ArrowPayload.newBuilder()
        .setSchemaId(schemaId)
        .setTypeValue(type.number())
        .setRecord(UnsafeByteOperations.unsafeWrap(ipc.finish()))
        .build();
  }

  private OtapTable encodedIds(OtapTable table) {
    OtapTable out = table;
    for (Column column : type.columns()) {
      IdEncoding encoding = TransportIds.encoding(type, column);
      IntVector ids = encoding == null ? null : (IntVector) table.vector(column);
      if (ids != null) {
        out =
            out.with(
                column,
                encoding == IdEncoding.DELTA
                    ? TransportIds.differences(ids)
                    : TransportIds.chainedDifferences(
                        ids, RowChain.of(table, RowChain.Rule.WRITTEN)));
      }
    }
    return out;
  }

  /** Finds form and keys of all columns; says whether the stream begins anew. */
  private boolean prepare(ColumnRows[] rows) {
    boolean anew = schema == null;
    for (int i = 0; i < columns.length; i++) {
      anew |= columns[i].appear(rows[i]);
    }
    boolean settled = false;
    while (!settled) {
      if (anew) {
        for (ColumnEncoder column : columns) {
          column.reset();
        }
      }
      settled = true;
      for (int i = 0; i < columns.length; i++) {
        settled &= !columns[i].isPresent() || columns[i].findKeys(rows[i]);
      }
      anew |= !settled;
    }
    if (anew) {
      schema = schema();
      schemaId = schemaIds.get();
    }
    return anew;
  }

  private WireSchema schema() {
    Map<String, List<Field>> fields = new LinkedHashMap<>();
    for (ColumnEncoder encoder : columns) {
      if (encoder.isPresent()) {
        IdEncoding encoding = TransportIds.encoding(type, encoder.column());
        Field.Leaf leaf = encoder.leaf(encoding == null ? IdEncoding.UNMARKED : encoding);
        Column column = encoder.column();
        fields
            .computeIfAbsent(column.topLevel(), name -> new ArrayList<>())
            .add(column.list() && !column.ofItems() ? new Field.Values(leaf) : leaf);
      }
    }
    List<Field> out = new ArrayList<>();
    for (List<Field> members : fields.values()) {
      out.add(group(members));
    }
    return new WireSchema(type, out, Map.of());
  }

  private static Field group(List<Field> members) {
    if (!(members.get(0) instanceof Field.Leaf first)) {
      Column column = ((Field.Values) members.get(0)).item().column();
      return column.isNested() ? new Field.Struct(members) : members.get(0);
    }
    if (first.column().ofItems()) {
      return new Field.Items(members.stream().map(Field.Leaf.class::cast).toList());
    }
    return first.column().isNested() ? new Field.Struct(members) : first;
  }

  private void write(Field field, int count, ColumnRows[] rows) {
    if (field instanceof Field.Leaf leaf) {
      int index = leaf.column().index();
      columns[index].write(rows[index], body);
    } else if (field instanceof Field.Struct struct) {
      body.node(count, 0);
      body.empty();
      struct.fields().forEach(member -> write(member, count, rows));
    } else if (field instanceof Field.Values list) {
      lists(List.of(list.item()), count, rows, false);
    } else if (field instanceof Field.Items list) {
      lists(list.fields(), count, rows, true);
    }
  }

  /** Writes lists of one length, each with what the others have more as zeros. */
  private void lists(List<Field.Leaf> members, int count, ColumnRows[] rows, boolean struct) {
    ListVector[] lists = new ListVector[members.size()];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = (ListVector) rows[members.get(i).column().index()].vector();
    }
    int[] offsets = new int[count + 1];
    for (int row = 0; row < count; row++) {
      int size = 0;
      for (ListVector list : lists) {
        size = Math.max(size, list == null ? 0 : list.size(row));
      }
      offsets[row + 1] = Math.addExact(offsets[row], size);
    }
    body.node(count, 0);
    body.empty();
    ColumnEncoder.offsets(offsets, 0, count, body);
    int items = offsets[count];
    if (struct) {
      body.node(items, 0);
      body.empty();
    }
    for (ListVector list : lists) {
      body.node(items, 0);
      body.empty();
      elements(list, offsets, count);
    }
  }

  private void elements(ListVector list, int[] offsets, int count) {
    int items = offsets[count];
    if (list != null && Arrays.equals(list.offsets(), 0, count + 1, offsets, 0, count + 1)) {
      ColumnEncoder.wide(list.elements(), 0, items, body);
      return;
    }
    ByteBuffer to = body.scratch(8 * items);
    Arrays.fill(to.array(), 0, 8 * items, (byte) 0);
    Vector elements = list == null ? null : list.elements();
    for (int row = 0; list != null && row < count; row++) {
      for (int i = 0; i < list.size(row); i++) {
        to.putLong(8 * (offsets[row] + i), bits(elements, list.start(row) + i));
      }
    }
    body.put(8 * items);
  }

  private static long bits(Vector elements, int at) {
    return elements instanceof LongVector longs
        ? longs.get(at)
        : Double.doubleToRawLongBits(((DoubleVector) elements).get(at));
  }
}
