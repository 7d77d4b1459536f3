/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.util.Set;

/**
 * How an {@link OtapStreamEncoder} writes.
 *
 * @param compression of the Arrow buffers
 * @param maxMessageBytes no message is larger; receivers refuse those above a limit of theirs, by
 *     default 4 MiB in both reference implementations
 * @param omitted tables that the receiver cannot take, with what belongs to them: the Go codec
 *     refuses {@link PayloadType#METRIC_ATTRS}. No roots
 * @param steadyColumns whether columns that {@link Column#isFixedByFirstBatch} are always there, in
 *     one form each
 */
@PublicEvolving
public record EncoderOptions(
    WireCompression compression,
    int maxMessageBytes,
    Set<PayloadType> omitted,
    boolean steadyColumns) {

  /** Some room below the 4 MiB of receivers, for the headers of a message. */
  private static final int MESSAGE_BYTES = (4 << 20) - (16 << 10);

  /** Zstd, messages below 4 MiB, all tables. */
  public static final EncoderOptions DEFAULT =
      new EncoderOptions(WireCompression.ZSTD, MESSAGE_BYTES, Set.of(), false);

  public EncoderOptions {
    omitted = Set.copyOf(omitted);
    if (maxMessageBytes < 1 || omitted.stream().anyMatch(PayloadType::isRoot)) {
      throw new IllegalArgumentException("a message has a size, and its root table");
    }
  }

  public EncoderOptions withCompression(WireCompression changed) {
    return new EncoderOptions(changed, maxMessageBytes, omitted, steadyColumns);
  }

  public EncoderOptions withMaxMessageBytes(int changed) {
    return new EncoderOptions(compression, changed, omitted, steadyColumns);
  }

  public EncoderOptions withOmitted(Set<PayloadType> changed) {
    return new EncoderOptions(compression, maxMessageBytes, changed, steadyColumns);
  }

  public EncoderOptions withSteadyColumns(boolean changed) {
    return new EncoderOptions(compression, maxMessageBytes, omitted, changed);
  }
}
