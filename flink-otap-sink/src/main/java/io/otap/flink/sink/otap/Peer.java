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
  GENERIC(Set.of()),

  /**
   * The Go codec: the OpenTelemetry Collector with the {@code otelarrow} receiver. It refuses
   * batches with metadata of metrics.
   */
  GO(Set.of(PayloadType.METRIC_ATTRS)),

  /** The dataflow engine. */
  ENGINE(Set.of());

  private final Set<PayloadType> unknownTables;

  Peer(Set<PayloadType> unknownTables) {
    this.unknownTables = unknownTables;
  }

  /** Tables that it cannot take; they are left out and counted. */
  public Set<PayloadType> unknownTables() {
    return unknownTables;
  }
}
