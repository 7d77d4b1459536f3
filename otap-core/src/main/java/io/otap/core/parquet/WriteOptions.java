/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.PublicEvolving;
import java.io.Serializable;

/**
 * How Parquet files are written.
 *
 * @param compression codec of all pages
 * @param compressionLevel level of {@link WriteCompression#ZSTD} and {@link WriteCompression#GZIP};
 *     others have none
 * @param rowGroupRows rows of a row group; what is buffered are the compressed pages of one
 * @param pageRows rows of a page at most
 * @param pageBytes bytes of a page before compression, from which on it ends
 * @param dictionaryBytes bytes of a dictionary, from which on values are written plain; 0 for no
 *     dictionaries
 * @param dataPageV2 whether pages are of version 2
 */
@PublicEvolving
public record WriteOptions(
    WriteCompression compression,
    int compressionLevel,
    int rowGroupRows,
    int pageRows,
    int pageBytes,
    int dictionaryBytes,
    boolean dataPageV2)
    implements Serializable {

  public static final WriteOptions DEFAULT =
      new WriteOptions(WriteCompression.ZSTD, 3, 1 << 20, 20_000, 1 << 20, 1 << 20, false);

  public WriteOptions {
    if (rowGroupRows < 1 || pageRows < 1 || pageBytes < 1 || dictionaryBytes < 0) {
      throw new IllegalArgumentException(
          "rows and bytes of row groups and pages are at least 1, those of dictionaries at least"
              + " 0");
    }
  }

  public WriteOptions withCompression(WriteCompression codec) {
    return new WriteOptions(
        codec, compressionLevel, rowGroupRows, pageRows, pageBytes, dictionaryBytes, dataPageV2);
  }
}
