/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;
import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import java.io.IOException;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Checks once that a footer agrees with itself and with the length of its file, so that readers can
 * rely on every offset and count in it.
 */
final class FooterCheck {

  private FooterCheck() {}

  /**
   * @param footerStart where the footer begins, so where data must have ended
   */
  static void check(FileMetaData meta, FileSchema schema, long footerStart) throws IOException {
    if (meta.getRow_groups() == null || meta.getNum_rows() < 0) {
      throw OtapException.of(CORRUPT, "the footer has no row groups; copy or write the file again");
    }
    long rows = 0;
    for (RowGroup group : meta.getRow_groups()) {
      if (group.getNum_rows() < 0
          || group.getColumns() == null
          || group.getColumns().size() != schema.leaves().size()) {
        throw OtapException.of(
            CORRUPT,
            "a row group does not have a chunk for each of the "
                + schema.leaves().size()
                + " columns; copy or write the file again");
      }
      rows += group.getNum_rows();
      for (Leaf leaf : schema.leaves()) {
        try {
          check(group, group.getColumns().get(leaf.index()), leaf, footerStart);
        } catch (OtapException e) {
          throw e.at(Place.column(leaf.path()));
        }
      }
    }
    if (rows != meta.getNum_rows()) {
      throw OtapException.of(
          CORRUPT,
          "the footer says "
              + meta.getNum_rows()
              + " rows but its row groups have "
              + rows
              + "; copy or write the file again");
    }
  }

  private static void check(RowGroup group, ColumnChunk chunk, Leaf leaf, long footerStart)
      throws IOException {
    if (chunk.isSetCrypto_metadata() || chunk.isSetEncrypted_column_metadata()) {
      throw OtapException.of(SCHEMA, "the column is encrypted, which is not supported; decrypt it");
    }
    if (chunk.isSetFile_path()) {
      throw OtapException.of(
          SCHEMA,
          "the column is stored in another file, which is not supported: " + chunk.getFile_path());
    }
    ColumnMetaData data = chunk.getMeta_data();
    if (data == null || data.getType() == null || data.getCodec() == null) {
      throw OtapException.of(CORRUPT, "the column chunk has no type or codec; copy the file again");
    }
    if (data.getType() != leaf.type() || !leaf.filePath().equals(data.getPath_in_schema())) {
      throw OtapException.of(
          CORRUPT,
          "the column chunk is "
              + data.getPath_in_schema()
              + " of "
              + data.getType()
              + ", not "
              + leaf.filePath()
              + " of "
              + leaf.type());
    }
    long start = start(data);
    long size = data.getTotal_compressed_size();
    if (start < 4
        || size < 0
        || data.getTotal_uncompressed_size() < 0
        || start > footerStart - size
        || data.getData_page_offset() > start + size) {
      throw OtapException.of(
          CORRUPT,
          "the column chunk at "
              + start
              + " with "
              + size
              + " bytes is not inside the file's data of "
              + footerStart
              + " bytes; copy the file again");
    }
    if (data.getNum_values() < 0
        || leaf.maxRepetition() == 0 && data.getNum_values() != group.getNum_rows()) {
      throw OtapException.of(
          CORRUPT,
          "the column chunk has "
              + data.getNum_values()
              + " values for "
              + group.getNum_rows()
              + " rows");
    }
  }

  /** Where a chunk begins: with its dictionary, if it has one. */
  static long start(ColumnMetaData chunk) {
    return chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0
        ? Math.min(chunk.getDictionary_page_offset(), chunk.getData_page_offset())
        : chunk.getData_page_offset();
  }
}
