/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutSlices;
import io.otap.core.scan.SplitPlan;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;

/** What a source makes of the rows of a cut. */
@Internal
public interface CutForm<T> extends Serializable {

  TypeInformation<T> type();

  /**
   * @param position the split's position behind the cut
   */
  CutRecords<T> records(SplitPlan plan, CutSlices cut, long position) throws IOException;

  /** What counts the records that a reader emits in its metrics. */
  Consumer<T> counted(MetricGroup group);
}
