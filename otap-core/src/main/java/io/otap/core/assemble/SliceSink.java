/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.model.PayloadType;
import java.io.IOException;

/** Takes the slices of a split's child tables as they are read. */
interface SliceSink {

  /** Rows of a table for a cut; slices of one cut and table come in the order of the rows. */
  void slice(int cut, PayloadType type, Slice slice) throws IOException;

  /** Rows that the table keeps until their parents are read. */
  void waits(PayloadType type, Slice slice) throws IOException;

  /** Rows that waited are looked at again. */
  void resumes(Slice slice);

  /** Rows without a parent that no cut can be given. */
  void orphans(OrphanRows rows) throws IOException;
}
