/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.Vector;
import java.io.IOException;

/** Reads a column of a file forward, in steps of any number of rows. */
abstract class ColumnReader {

  /** The next {@code n} rows, which must be there; null if none has a value. */
  abstract Vector read(int n) throws IOException;
}
