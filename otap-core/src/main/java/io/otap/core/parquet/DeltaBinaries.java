/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;
import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Encodings DELTA_LENGTH_BYTE_ARRAY, lengths before all bytes, and DELTA_BYTE_ARRAY, which has the
 * number of bytes shared with the previous value before that.
 */
final class DeltaBinaries extends PageValues {

  private static final long MAX_EXPANDED = 32L << 20;
  private static final int MAX_RATIO = 64;

  private final byte[] bytes;
  private final int end;
  private final int fixedLength;
  private final DeltaDecoder prefixes;
  private final DeltaDecoder lengths;
  private int position;
  private byte[] value = new byte[64];
  private int size;

  /** Bytes of the values so far, which can share theirs. */
  private long expanded;

  private DeltaBinaries(byte[] bytes, int from, int end, int fixedLength, DeltaDecoder prefixes)
      throws IOException {
    this.bytes = bytes;
    this.end = end;
    this.fixedLength = fixedLength;
    this.prefixes = prefixes;
    this.lengths = new DeltaDecoder(bytes, from, end);
    this.position = new DeltaDecoder(bytes, from, end).skipAll();
  }

  static DeltaBinaries lengths(byte[] bytes, int from, int end) throws IOException {
    return new DeltaBinaries(bytes, from, end, 0, null);
  }

  static DeltaBinaries shared(Leaf leaf, byte[] bytes, int from, int end) throws IOException {
    int behind = new DeltaDecoder(bytes, from, end).skipAll();
    return new DeltaBinaries(bytes, behind, end, leaf.length(), new DeltaDecoder(bytes, from, end));
  }

  @Override
  void binaries(BinaryPlain out, int n) throws IOException {
    out.ensureEntries(n);
    for (int i = 0; i < n; i++) {
      next();
      out.add(value, 0, size);
    }
  }

  @Override
  void skip(int n) throws IOException {
    for (int i = 0; i < n; i++) {
      next();
    }
  }

  private void next() throws IOException {
    long shared = prefixes == null ? 0 : prefixes.next();
    long own = lengths.next();
    if (shared < 0 || shared > size || own < 0 || own > end - position) {
      throw OtapException.of(CORRUPT, "a page ends before its values do");
    }
    int total = Math.toIntExact(shared + own);
    if (fixedLength > 0 && total != fixedLength) {
      throw OtapException.of(CORRUPT, "a value of " + total + " bytes, not " + fixedLength);
    }
    if (total > value.length) {
      value = Arrays.copyOf(value, Math.max(total, value.length * 2));
    }
    expanded += total;
    if (expanded > MAX_EXPANDED && expanded > (long) MAX_RATIO * end) {
      throw OtapException.of(
          SCHEMA,
          "the values of a page with shared beginnings take more than "
              + MAX_RATIO
              + " times its "
              + end
              + " bytes; write the file with another encoding");
    }
    System.arraycopy(bytes, position, value, (int) shared, (int) own);
    position += (int) own;
    size = total;
  }
}
