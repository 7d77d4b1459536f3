/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Type;

/** Encoding PLAIN: little-endian numbers, one bit for each boolean, bytes behind their length. */
final class PlainValues extends PageValues {

  private final byte[] bytes;
  private final int end;
  private final int fixedLength;
  private final int step;
  private final Type type;
  private int position;
  private int bit;

  private PlainValues(byte[] bytes, int from, int end, int fixedLength, int step, Type type) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
    this.fixedLength = fixedLength;
    this.step = step;
    this.type = type;
  }

  /**
   * @param present number of values; only asked for fixed-length bytes, see {@link FixedLength}
   */
  static PlainValues of(Leaf leaf, byte[] bytes, int from, int end, Count present)
      throws IOException {
    return switch (leaf.type()) {
      case INT32 -> new PlainValues(bytes, from, end, 0, 4, leaf.type());
      case INT64, DOUBLE -> new PlainValues(bytes, from, end, 0, 8, leaf.type());
      case FIXED_LEN_BYTE_ARRAY -> {
        int step = FixedLength.step(bytes, from, end - from, present.get(), leaf.length());
        yield new PlainValues(
            bytes, from + step - leaf.length(), end, leaf.length(), step, leaf.type());
      }
      default -> new PlainValues(bytes, from, end, 0, 0, leaf.type());
    };
  }

  /** A number that takes work to find. */
  interface Count {
    int get() throws IOException;
  }

  private int take(int n, int width) throws IOException {
    if ((long) n * width > end - position) {
      throw cutOff();
    }
    int at = position;
    position += n * width;
    return at;
  }

  @Override
  void ints(int[] out, int off, int n) throws IOException {
    little(take(n, 4), n * 4).asIntBuffer().get(out, off, n);
  }

  @Override
  void longs(long[] out, int off, int n) throws IOException {
    little(take(n, 8), n * 8).asLongBuffer().get(out, off, n);
  }

  @Override
  void doubles(double[] out, int off, int n) throws IOException {
    little(take(n, 8), n * 8).asDoubleBuffer().get(out, off, n);
  }

  private ByteBuffer little(int at, int length) {
    return ByteBuffer.wrap(bytes, at, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  void booleans(byte[] out, int off, int n) throws IOException {
    int first = bit;
    skipBits(n);
    for (int i = 0; i < n; i++) {
      int b = first + i;
      out[off + i] = (byte) (bytes[position + (b >>> 3)] >>> (b & 7) & 1);
    }
  }

  private void skipBits(int n) throws IOException {
    if ((long) bit + n > (end - position) * 8L) {
      throw cutOff();
    }
    bit += n;
  }

  @Override
  void binaries(BinaryPlain out, int n) throws IOException {
    out.ensureEntries(n);
    if (fixedLength > 0) {
      if ((long) (n - 1) * step + fixedLength > end - position && n > 0) {
        throw cutOff();
      }
      out.addFixed(bytes, position, step, fixedLength, n);
      position += n * step;
      return;
    }
    for (int i = 0; i < n; i++) {
      int length = length();
      out.add(bytes, position, length);
      position += length;
    }
  }

  private int length() throws IOException {
    if (end - position < 4) {
      throw cutOff();
    }
    int length = (int) (long) BitUnpacker.LONG.get(bytes, position);
    position += 4;
    return checked(length);
  }

  private int checked(int length) throws IOException {
    if (length < 0 || length > end - position) {
      throw cutOff();
    }
    return length;
  }

  @Override
  void skip(int n) throws IOException {
    if (type == Type.BOOLEAN) {
      skipBits(n);
    } else if (step > 0) {
      if ((long) n * step > (long) end - position + step) {
        throw cutOff();
      }
      position += n * step;
    } else {
      for (int i = 0; i < n; i++) {
        int length = length();
        position += length;
      }
    }
  }

  private static OtapException cutOff() {
    return OtapException.of(CORRUPT, "a page ends before its values do");
  }
}
