/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.OtapBatch;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;

/** What a query gets of a batch. */
@Internal
public interface BatchToRows {

  /**
   * @param batch of the table's signal
   */
  List<RowData> of(OtapBatch batch) throws IOException;
}
