/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.annotation.PublicEvolving;
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
 * @param steadyStructs whether all fields of structs are always there, in one form each. The
 *     engine's Parquet exporter takes the structs of a file's first batch for good, and ends over
 *     others (measured: {@code resource.schema_url} that is absent first)
 */
@PublicEvolving
public record EncoderOptions(
    WireCompression compression,
    int maxMessageBytes,
    Set<PayloadType> omitted,
    boolean steadyStructs) {

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
    return new EncoderOptions(changed, maxMessageBytes, omitted, steadyStructs);
  }

  public EncoderOptions withMaxMessageBytes(int changed) {
    return new EncoderOptions(compression, changed, omitted, steadyStructs);
  }

  public EncoderOptions withOmitted(Set<PayloadType> changed) {
    return new EncoderOptions(compression, maxMessageBytes, changed, steadyStructs);
  }

  public EncoderOptions withSteadyStructs(boolean changed) {
    return new EncoderOptions(compression, maxMessageBytes, omitted, changed);
  }
}
