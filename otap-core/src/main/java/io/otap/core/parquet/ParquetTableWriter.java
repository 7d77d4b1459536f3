/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.model.PayloadType;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * Writes the rows of one table into one Parquet file, column by column from the vectors. The schema
 * is that of the model, with every column, whatever the rows hold. For one thread.
 *
 * <p>Ids are written as they are, with 32 bits. What is in memory are the compressed pages of one
 * row group.
 */
@PublicEvolving
public final class ParquetTableWriter implements Closeable {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final String CREATED_BY = "otap-connector version 0.1.0 (build java)";

  private final PayloadType type;
  private final WriteOptions options;
  private final Map<String, String> metadata;
  private final WritableOutput out;
  private final WrittenSchema schema;
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private final List<ChunkMetadata> written = new ArrayList<>();
  private List<ChunkWriter> chunks = List.of();
  private int groupRows;
  private long rows;
  private boolean finished;
  private boolean broken;

  /**
   * @param out where the file goes; closed with the writer
   * @param metadata key-value pairs of the footer
   */
  public ParquetTableWriter(
      OutputStream out, PayloadType type, WriteOptions options, Map<String, String> metadata)
      throws IOException {
    this.type = type;
    this.options = options;
    this.metadata = Map.copyOf(metadata);
    this.schema = new WrittenSchema(type);
    this.out = new WritableOutput(out);
    this.out.write(MAGIC, 0, MAGIC.length);
  }

  /** Appends the rows of a table of the writer's type. */
  public void write(OtapTable table) throws IOException {
    if (table.type() != type || finished) {
      throw new IllegalArgumentException(table + " cannot be written to " + type.folder());
    }
    broken = true;
    Map<String, long[]> structs = structs(table);
    for (int from = 0, to; from < table.rows(); from = to) {
      if (chunks.isEmpty()) {
        chunks = schema.columns().stream().map(c -> new ChunkWriter(c, options)).toList();
      }
      to = Math.min(table.rows(), from + options.rowGroupRows() - groupRows);
      for (int i = 0; i < chunks.size(); i++) {
        WrittenColumn column = schema.columns().get(i);
        chunks.get(i).append(table.vector(column.column()), structs.get(column.struct()), from, to);
      }
      groupRows += to - from;
      if (groupRows == options.rowGroupRows()) {
        finishRowGroup();
      }
    }
    rows += table.rows();
    broken = false;
  }

  /** Rows so far. */
  public long rows() {
    return rows;
  }

  /** Bytes so far, those in memory included. */
  public long bytes() {
    return out.position() + chunks.stream().mapToLong(ChunkWriter::buffered).sum();
  }

  /**
   * Writes the rest and the footer, after which the file is complete. Does not close the stream.
   */
  public void finish() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    if (groupRows > 0) {
      finishRowGroup();
    }
    for (ChunkMetadata chunk : written) {
      chunk.writeColumnIndex(out);
    }
    for (ChunkMetadata chunk : written) {
      chunk.writeOffsetIndex(out);
    }
    FileMetaData footer = new FileMetaData(1, SchemaElements.of(schema.message()), rows, rowGroups);
    footer.setCreated_by(CREATED_BY);
    footer.setColumn_orders(
        Collections.nCopies(
            schema.columns().size(), ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
    metadata.forEach(
        (key, value) -> footer.addToKey_value_metadata(new KeyValue(key).setValue(value)));
    long start = out.position();
    Util.writeFileMetaData(footer, out);
    PageBytes end = new PageBytes();
    end.writeInt((int) (out.position() - start));
    end.write(MAGIC, 0, MAGIC.length);
    out.write(end.array(), 0, end.size());
    out.flush();
  }

  /** Finishes the file, unless that is done or writing failed, and closes the stream. */
  @Override
  public void close() throws IOException {
    try (WritableOutput closing = out) {
      if (!broken) {
        finish();
      }
    }
  }

  private void finishRowGroup() throws IOException {
    long start = out.position();
    long uncompressed = 0;
    List<ColumnChunk> columns = new ArrayList<>();
    for (ChunkWriter chunk : chunks) {
      ChunkMetadata done = chunk.writeTo(out);
      written.add(done);
      columns.add(done.chunk());
      uncompressed += done.uncompressedBytes();
    }
    RowGroup group = new RowGroup(columns, uncompressed, groupRows);
    group.setTotal_compressed_size(out.position() - start);
    group.setFile_offset(start);
    if (rowGroups.size() <= Short.MAX_VALUE) {
      group.setOrdinal((short) rowGroups.size());
    }
    rowGroups.add(group);
    chunks = List.of();
    groupRows = 0;
  }

  /** Rows in which a struct is present: those with a value in any of its columns. */
  private Map<String, long[]> structs(OtapTable table) {
    Map<String, long[]> present = new HashMap<>();
    for (WrittenColumn column : schema.columns()) {
      Vector vector = table.vector(column.column());
      if (column.struct() == null) {
        continue;
      }
      long[] rowsPresent =
          present.computeIfAbsent(column.struct(), s -> Validity.empty(table.rows()));
      if (vector == null) {
        continue;
      }
      if (vector.validity() == null) {
        Validity.fill(rowsPresent, 0, table.rows());
        continue;
      }
      for (int i = 0; i < rowsPresent.length; i++) {
        rowsPresent[i] |= vector.validity()[i];
      }
    }
    return present;
  }
}
