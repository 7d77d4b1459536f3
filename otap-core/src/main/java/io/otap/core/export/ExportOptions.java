/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.parquet.WriteOptions;

/**
 * How a tree is written.
 *
 * @param rowsPerFile rows of the largest table from which on all files are closed and new ones
 *     begun; a batch is never cut
 * @param files how each file is written
 */
@PublicEvolving
public record ExportOptions(long rowsPerFile, WriteOptions files) {

  public static final ExportOptions DEFAULT = new ExportOptions(10_000_000, WriteOptions.DEFAULT);

  public ExportOptions {
    if (rowsPerFile < 1) {
      throw new IllegalArgumentException("a file has at least one row");
    }
  }
}
