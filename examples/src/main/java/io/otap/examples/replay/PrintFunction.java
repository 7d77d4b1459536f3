/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpRequests;
import io.otap.examples.print.PrintDetail;
import io.otap.examples.print.TelemetryPrinter;
import java.io.IOException;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Batches to text. */
final class PrintFunction implements FlatMapFunction<OtapBatch, String> {

  private static final long serialVersionUID = 1L;

  private final PrintDetail detail;

  PrintFunction(PrintDetail detail) {
    this.detail = detail;
  }

  @Override
  public void flatMap(OtapBatch batch, Collector<String> out) throws IOException {
    TelemetryPrinter printer = new TelemetryPrinter(detail, out::collect);
    switch (batch.signal()) {
      case LOGS -> printer.logs(OtlpRequests.logs(batch));
      case TRACES -> printer.traces(OtlpRequests.traces(batch));
      case METRICS -> printer.metrics(OtlpRequests.metrics(batch));
    }
  }
}
