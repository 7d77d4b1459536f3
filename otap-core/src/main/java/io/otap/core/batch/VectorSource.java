/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.model.ColumnType;
import java.io.IOException;

/** Reads vectors in one of their byte forms, and checks that every row stays inside its buffers. */
interface VectorSource {

  /**
   * @param list whether it is a list of values of this storage
   */
  Vector read(ColumnType.Storage storage, boolean list, int length) throws IOException;
}
