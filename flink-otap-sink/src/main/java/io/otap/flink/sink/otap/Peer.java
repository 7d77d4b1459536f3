/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.model.PayloadType;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/** Who receives OTAP streams, as far as receivers differ in what they can take. */
@PublicEvolving
public enum Peer {
  /** A receiver that knows every table of the format. */
  GENERIC(Set.of(), false),

  /**
   * The Go codec: the OpenTelemetry Collector with the {@code otelarrow} receiver. It refuses
   * batches with metadata of metrics.
   */
  GO(Set.of(PayloadType.METRIC_ATTRS), false),

  /**
   * The dataflow engine. Its Parquet exporter ends over batches in which fields of structs or
   * values of exemplars are new, so all are always sent.
   */
  ENGINE(Set.of(), true);

  private final Set<PayloadType> unknownTables;
  private final boolean steadyColumns;

  Peer(Set<PayloadType> unknownTables, boolean steadyColumns) {
    this.unknownTables = unknownTables;
    this.steadyColumns = steadyColumns;
  }

  /** Tables that it cannot take; they are left out and counted. */
  public Set<PayloadType> unknownTables() {
    return unknownTables;
  }

  /** As in {@link io.otap.core.wire.EncoderOptions}. */
  public boolean steadyColumns() {
    return steadyColumns;
  }
}
