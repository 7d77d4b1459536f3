/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;
import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.SeekableInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;

/** The footer of a Parquet file: schema, row groups, statistics. Paths are those of the model. */
@Internal
public final class ParquetFooter {

  private static final int TAIL = 64 * 1024;
  private static final int MAGIC = magic("PAR1");
  private static final int ENCRYPTED = magic("PARE");

  /** Magic at both ends and the length of the footer. */
  private static final int FRAME = 12;

  private final String file;
  private final FileMetaData meta;
  private final byte[] tail;
  private final long tailStart;
  private final int footerBytes;
  private final FileSchema schema;
  private final Map<String, String> metadata = new HashMap<>();
  private final ArrowSchemaMetadata arrow;

  private ParquetFooter(
      String file, FileMetaData meta, byte[] tail, long tailStart, long footerStart)
      throws IOException {
    this.file = file;
    this.meta = meta;
    this.tail = tail;
    this.tailStart = tailStart;
    this.footerBytes = Math.toIntExact(tailStart + tail.length - 8 - footerStart);
    this.schema = FileSchema.of(meta.getSchema());
    if (meta.isSetKey_value_metadata()) {
      for (KeyValue pair : meta.getKey_value_metadata()) {
        metadata.put(pair.getKey(), pair.getValue());
      }
    }
    this.arrow = ArrowSchemaMetadata.parse(metadata.get(ArrowSchemaMetadata.KEY));
    FooterCheck.check(meta, schema, footerStart);
    requirePlain();
  }

  /**
   * Reads the footer with one read of the file's tail, two if it is long.
   *
   * @param file path for messages
   */
  public static ParquetFooter read(SeekableInput in, String file) throws IOException {
    try {
      return parse(in, file);
    } catch (OtapException e) {
      throw e.at(Place.file(file));
    } catch (EOFException e) {
      throw OtapException.of(
              CORRUPT, "the file is shorter than its listed length; copy or write it again", e)
          .at(Place.file(file));
    } catch (RuntimeException e) {
      throw OtapException.of(CORRUPT, "the footer contradicts itself: " + e, e)
          .at(Place.file(file));
    }
  }

  private static ParquetFooter parse(SeekableInput in, String file) throws IOException {
    long length = in.length();
    if (length == 0) {
      throw OtapException.of(
          CORRUPT,
          "the file is empty; its writer was probably stopped, so delete it or write it"
              + " again");
    }
    if (length < FRAME) {
      throw OtapException.of(
          CORRUPT, "a file of " + length + " bytes cannot be Parquet; copy or write it again");
    }
    byte[] tail = new byte[(int) Math.min(length, TAIL)];
    in.readFully(length - tail.length, tail, 0, tail.length);
    ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    int magic = end.getInt(tail.length - 4);
    if (magic == ENCRYPTED) {
      throw OtapException.of(SCHEMA, "the file is encrypted, which is not supported; decrypt it");
    }
    if (magic != MAGIC) {
      throw OtapException.of(
          CORRUPT,
          (tail.length == length ? end.getInt(0) : magic(in)) == MAGIC
              ? "the file does not end with PAR1: it is cut off or still being written; read it"
                  + " once it is complete, or copy it again"
              : "this is not a Parquet file: it neither begins nor ends with PAR1; remove it from"
                  + " the tree");
    }
    if (tail.length == length) {
      checkHead(end.getInt(0));
    }
    int size = end.getInt(tail.length - 8);
    if (size <= 0 || size > length - FRAME) {
      throw OtapException.of(
          CORRUPT,
          "the footer claims " + size + " bytes in a file of " + length + "; copy it again");
    }
    byte[] bytes = tail;
    int from = tail.length - 8 - size;
    if (from < 0) {
      bytes = new byte[size];
      in.readFully(length - 8 - size, bytes, 0, size);
      from = 0;
    }
    FileMetaData meta = new FileMetaData();
    ThriftStructures.read(meta, bytes, from, size, "footer");
    return new ParquetFooter(file, meta, tail, length - tail.length, length - 8 - size);
  }

  /**
   * The first bytes of a file longer than its tail; with its data, to spare a read with footers.
   */
  void checkHead(PageFile in) throws IOException {
    if (in.length() > TAIL) {
      byte[] head = new byte[4];
      in.readFully(0, head, 0, 4);
      checkHead(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }
  }

  private static void checkHead(int magic) throws IOException {
    if (magic != MAGIC) {
      throw OtapException.of(
          CORRUPT, "the file does not begin with PAR1 though it ends so; copy it again");
    }
  }

  private static int magic(SeekableInput in) throws IOException {
    byte[] head = new byte[4];
    in.readFully(0, head, 0, 4);
    return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static int magic(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }

  public String file() {
    return file;
  }

  public long rows() {
    return meta.getNum_rows();
  }

  /** Whether the file has a leaf at this path of the model. */
  public boolean has(String path) {
    return schema.leaf(path) != null;
  }

  /** Whether a column has at least one value; true where statistics do not tell. */
  public boolean hasValues(String path) {
    Leaf leaf = schema.leaf(path);
    if (leaf == null) {
      return false;
    }
    for (int group = 0; group < rowGroups(); group++) {
      if (IntegerStatistics.hasValues(column(group, leaf))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Smallest and largest value of an integer column, null without statistics. Unsigned types as
   * such.
   */
  public long[] range(String path) {
    Leaf leaf = schema.leaf(path);
    if (leaf == null) {
      return null;
    }
    long[] range = null;
    for (int group = 0; group < rowGroups(); group++) {
      ColumnMetaData chunk = column(group, leaf);
      if (!IntegerStatistics.hasValues(chunk)) {
        continue;
      }
      long[] part = IntegerStatistics.range(leaf, chunk);
      if (part == null) {
        return null;
      }
      range =
          range == null
              ? part
              : new long[] {Math.min(range[0], part[0]), Math.max(range[1], part[1])};
    }
    return range;
  }

  /** Bits that the type of an integer column has in this file; 0 if there is none. */
  public int integerBits(String path) {
    Leaf leaf = schema.leaf(path);
    return leaf == null ? 0 : leaf.integerBits();
  }

  /** Files hold the storage form: numbers of the transport form would be read as other ids. */
  private void requirePlain() throws OtapException {
    for (Leaf leaf : schema.leaves()) {
      String encoding = arrow.encodings().get(leaf.path());
      if (encoding != null) {
        throw OtapException.of(
                SCHEMA,
                "the column is marked as encoded for transport ("
                    + encoding
                    + "), but files are read as plain; decode it before it is written")
            .at(Place.column(leaf.path()));
      }
    }
  }

  /** A value of the file's own metadata, or null. */
  public String metadata(String key) {
    return metadata.get(key);
  }

  /** A value of the metadata of the embedded Arrow schema, or null. */
  public String arrowMetadata(String key) {
    return arrow.values().get(key);
  }

  /** What the writer calls itself, or null. */
  public String createdBy() {
    return meta.getCreated_by();
  }

  /** The leaves as {@code path: type repetition}, in the file's order. */
  public List<String> schema() {
    return schema.leaves().stream().map(Leaf::toString).toList();
  }

  /** Paths of the file's columns that the table does not have in the model. */
  public List<String> unknownColumns(PayloadType type) {
    return schema.leaves().stream().map(Leaf::path).filter(p -> !type.has(p)).toList();
  }

  /** Bytes of all columns before compression. */
  public long uncompressedBytes() {
    long bytes = 0;
    for (int group = 0; group < rowGroups(); group++) {
      for (ColumnChunk chunk : meta.getRow_groups().get(group).getColumns()) {
        bytes += chunk.getMeta_data().getTotal_uncompressed_size();
      }
    }
    return bytes;
  }

  long fileLength() {
    return tailStart + tail.length;
  }

  /** An estimate of the bytes that it takes. Parsed, a footer is several times as large. */
  long memory() {
    return tail.length + 12L * footerBytes;
  }

  public int rowGroups() {
    return meta.getRow_groups().size();
  }

  /** Whether bytes of the file came with the footer. */
  boolean hasTail(long position, long length) {
    return position >= tailStart && length <= tailStart + tail.length - position;
  }

  /** Copies bytes of the file that came with the footer; false if they did not. */
  boolean copyTail(long position, byte[] target, int offset, int length) {
    if (!hasTail(position, length)) {
      return false;
    }
    System.arraycopy(tail, (int) (position - tailStart), target, offset, length);
    return true;
  }

  Leaf leaf(String path) {
    return schema.leaf(path);
  }

  /** Whether the bounds of a column are in the order of its type. */
  boolean hasTypeOrder(Leaf leaf) {
    return meta.isSetColumn_orders()
        && leaf.index() < meta.getColumn_ordersSize()
        && meta.getColumn_orders().get(leaf.index()).isSetTYPE_ORDER();
  }

  public long rows(int group) {
    return rowGroup(group).getNum_rows();
  }

  ColumnChunk chunk(int group, Leaf leaf) {
    return rowGroup(group).getColumns().get(leaf.index());
  }

  ColumnMetaData column(int group, Leaf leaf) {
    return chunk(group, leaf).getMeta_data();
  }

  private RowGroup rowGroup(int group) {
    return meta.getRow_groups().get(group);
  }
}
