/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutSlices;
import io.otap.core.scan.SplitPlan;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What a source makes of the rows of a cut. */
@Internal
public interface CutForm<T> extends Serializable {

  TypeInformation<T> type();

  /**
   * @param position the split's position behind the cut
   */
  CutRecords<T> records(SplitPlan plan, CutSlices cut, long position) throws IOException;

  /** Whether the tables are joined in the reader, so that {@link CutRecords#batch()} is there. */
  boolean joins();

  /** Whether the source tells event time by watermarks of its own. */
  default boolean tellsEventTime() {
    return true;
  }
}
