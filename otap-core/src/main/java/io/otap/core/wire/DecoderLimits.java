/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.annotation.PublicEvolving;

/**
 * What a sender may ask of the memory of an {@link OtapStreamDecoder}. A message beyond a limit is
 * refused before memory is taken for it.
 *
 * <p>Decoding a message takes at most 16 times {@code messageBytes + expandedBytes}, and 64 bytes
 * for each of the {@code rows}; what a stream keeps between messages is at most {@code
 * dictionaryBytes}.
 *
 * @param messageBytes bytes of a message; more is refused
 * @param expandedBytes bytes of the compressed buffers of a message after decompression, in total
 * @param rows rows of one table of a message
 * @param dictionaryBytes bytes of all dictionaries that a stream keeps
 */
@PublicEvolving
public record DecoderLimits(long messageBytes, long expandedBytes, int rows, long dictionaryBytes) {

  /** 64 MiB a message, 256 MiB expanded, 4,194,304 rows of a table, 256 MiB of dictionaries. */
  public static final DecoderLimits DEFAULT =
      new DecoderLimits(64L << 20, 256L << 20, 1 << 22, 256L << 20);

  public DecoderLimits {
    if (messageBytes < 1 || expandedBytes < 1 || rows < 1 || dictionaryBytes < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }
}
