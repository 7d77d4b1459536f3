/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.Internal;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;

/** The footer of a Parquet file: schema, row groups, statistics. Paths are those of the model. */
@Internal
public final class ParquetFooter {

  private ParquetFooter() {}

  /**
   * Reads the footer with one read of the file's tail, two if it is long.
   *
   * @param file path for messages
   */
  public static ParquetFooter read(SeekableInput in, String file) throws IOException {
    throw new UnsupportedOperationException();
  }

  public String file() {
    throw new UnsupportedOperationException();
  }

  public long rows() {
    throw new UnsupportedOperationException();
  }

  /** Whether the file has a leaf at this path of the model. */
  public boolean has(String path) {
    throw new UnsupportedOperationException();
  }

  /** Whether a column has at least one value; true where statistics do not tell. */
  public boolean hasValues(String path) {
    throw new UnsupportedOperationException();
  }

  /**
   * Smallest and largest value of an integer column, null without statistics. Unsigned types as
   * such.
   */
  public long[] range(String path) {
    throw new UnsupportedOperationException();
  }

  /** A value of the file's own metadata, or null. */
  public String metadata(String key) {
    throw new UnsupportedOperationException();
  }

  /** A value of the metadata of the embedded Arrow schema, or null. */
  public String arrowMetadata(String key) {
    throw new UnsupportedOperationException();
  }
}
