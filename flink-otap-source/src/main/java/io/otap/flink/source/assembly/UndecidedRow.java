/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.Recovery;
import io.otap.core.model.Signal;
import java.util.function.Consumer;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A log, span or metric of which the files do not tell the resource or the scope. It is in its
 * batch all the same.
 *
 * @param split id of the split
 * @param file path of the root file
 * @param row number of the row in the file, from 0
 * @param timeUnixNano its event time, 0 if it has none, as metrics
 * @param resource whether the resource is undecided
 * @param scope whether the scope is undecided
 */
@PublicEvolving
public record UndecidedRow(
    String split, String file, long row, long timeUnixNano, boolean resource, boolean scope) {

  static void of(String split, OtapBatch batch, Consumer<UndecidedRow> sink) {
    if (batch.resourceRecovery() == null && batch.scopeRecovery() == null) {
      return;
    }
    boolean timed = batch.signal() != Signal.METRICS;
    for (int row = 0; row < batch.rows(); row++) {
      boolean resource = batch.resourceRecovery(row) == Recovery.N;
      boolean scope = batch.scopeRecovery(row) == Recovery.N;
      if (resource || scope) {
        long time = timed ? EventTime.nanos(batch.root(), row) : 0;
        long number = batch.origin().firstRow() + row;
        sink.accept(new UndecidedRow(split, batch.origin().file(), number, time, resource, scope));
      }
    }
  }
}
