/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.model.PayloadType;
import java.io.IOException;

/** Takes the slices of a split's child tables as they are read. */
interface SliceSink {

  /**
   * The rows from {@code from} to {@code to}, exclusive, of what was read, for a cut. Those of one
   * cut and table come in the order of the rows. They are valid during the call.
   */
  void slice(int cut, PayloadType type, Slice read, int from, int to) throws IOException;

  /** Rows that the table keeps until their parents are read. */
  void waits(PayloadType type, Slice slice) throws IOException;

  /** Rows that waited are looked at again. */
  void resumes(Slice slice);

  /** Rows without a parent that no cut can be given. */
  void orphans(OrphanRows rows) throws IOException;
}
