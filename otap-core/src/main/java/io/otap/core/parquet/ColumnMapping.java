/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import java.io.IOException;
import org.apache.parquet.format.Type;

/** Which types of a file's column can be widened to the model's type. */
final class ColumnMapping {

  private ColumnMapping() {}

  /**
   * @param recycles whether a vector is overwritten by the next
   */
  static ColumnReader reader(
      PageFile in,
      ParquetFooter footer,
      Column column,
      long firstRow,
      long endRow,
      boolean recycles)
      throws IOException {
    Leaf leaf = footer.leaf(column.path());
    ValueSink sink = sink(column, leaf, recycles);
    ColumnPages pages = new ColumnPages(in, footer, leaf, endRow);
    return column.list()
        ? new ListColumnReader(pages, leaf, sink, firstRow)
        : new FlatColumnReader(pages, sink, firstRow);
  }

  private static ValueSink sink(Column column, Leaf leaf, boolean recycles) throws IOException {
    if (leaf.maxRepetition() != (column.list() ? 1 : 0)) {
      throw OtapException.of(
          SCHEMA,
          "the column has "
              + leaf.maxRepetition()
              + " levels of lists ("
              + leaf
              + ") where the model has "
              + (column.list() ? "one" : "none")
              + "; write it as the OTAP exporter does");
    }
    boolean integer =
        (leaf.type() == Type.INT32 || leaf.type() == Type.INT64) && leaf.isPlainInteger();
    return switch (column.type()) {
      case BOOL -> {
        expect(leaf.type() == Type.BOOLEAN, column, leaf, "BOOLEAN");
        yield new BooleanSink(recycles);
      }
      case UINT8, UINT16, UINT32, INT32, INT64, UINT64 -> {
        expect(integer, column, leaf, "INT32 or INT64");
        yield leaf.type() == Type.INT32
            ? new IntSink(column.type(), leaf.isUnsigned(), recycles)
            : new LongSink(column.type(), recycles);
      }
      case TIMESTAMP -> {
        expect(leaf.type() == Type.INT64 && leaf.isNanos(), column, leaf, "INT64/TIMESTAMP_NANOS");
        yield new LongSink(column.type(), recycles);
      }
      case DURATION -> {
        expect(leaf.type() == Type.INT64 && integer, column, leaf, "INT64");
        yield new LongSink(column.type(), recycles);
      }
      case FLOAT64 -> {
        expect(leaf.type() == Type.DOUBLE, column, leaf, "DOUBLE");
        yield new DoubleSink(recycles);
      }
      case UTF8, BINARY -> {
        expect(leaf.type() == Type.BYTE_ARRAY, column, leaf, "BYTE_ARRAY");
        yield new BinarySink(recycles);
      }
      case FIXED8, FIXED16 -> {
        int length = column.type().fixedLength();
        expect(
            leaf.type() == Type.FIXED_LEN_BYTE_ARRAY && leaf.length() == length,
            column,
            leaf,
            "FIXED_LEN_BYTE_ARRAY(" + length + ")");
        yield new BinarySink(recycles);
      }
    };
  }

  private static void expect(boolean fits, Column column, Leaf leaf, String expected)
      throws IOException {
    if (!fits) {
      throw OtapException.of(
          SCHEMA,
          "the column is "
              + leaf.typeName()
              + ", which cannot be read as "
              + column.type()
              + "; expected "
              + expected);
    }
  }
}
