/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.job;

import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import java.util.BitSet;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Of each batch the logs that are severe enough, if there are some. */
final class SeverityFilter implements FlatMapFunction<OtapBatch, OtapBatch> {

  private static final long serialVersionUID = 1L;

  private final int min;

  SeverityFilter(int min) {
    this.min = min;
  }

  @Override
  public void flatMap(OtapBatch batch, Collector<OtapBatch> out) throws OtapException {
    BitSet severe = new BitSet(batch.rows());
    for (LogCursor log = LogCursor.of(batch); log.next(); ) {
      severe.set(log.row(), log.severityNumber() >= min);
    }
    if (!severe.isEmpty()) {
      out.collect(batch.filter(severe::get));
    }
  }
}
