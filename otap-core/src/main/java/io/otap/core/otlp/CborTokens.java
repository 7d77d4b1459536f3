/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * A CBOR item of a {@code ser} column (OTAP-FORMAT 2.8, RFC 8949) as a list of tokens, with an end
 * for each array and map, so that it can be walked from its end. Used again for item after item.
 *
 * <p>Anything that a writer of attributes has no use for is refused: tags, bignums, undefined, keys
 * that are no text, integers outside 64 bits.
 */
final class CborTokens {

  /** Nesting of arrays and maps that is accepted. */
  static final int MAX_DEPTH = 64;

  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;
  static final byte INT = 3;
  static final byte DOUBLE = 4;
  static final byte TEXT = 5;
  static final byte BYTES = 6;
  static final byte KEY = 7;
  static final byte ARRAY = 8;
  static final byte ARRAY_END = 9;
  static final byte MAP = 10;
  static final byte MAP_END = 11;

  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xFF;

  private byte[] kinds = new byte[64];
  private long[] values = new long[64];
  private int[] sizes = new int[64];
  private int count;

  private byte[] data;
  private int at;
  private int end;

  /** Strings that came in pieces, put together. */
  private byte[] joined = new byte[0];

  private int joinedSize;

  /**
   * @throws OtapException of kind CORRUPT if the bytes are not one array or map
   */
  void read(byte[] bytes, int from, int to) throws OtapException {
    data = bytes;
    at = from;
    end = to;
    count = 0;
    joinedSize = 0;
    item(0);
    if (at != end) {
      throw corrupt("has " + (end - at) + " bytes behind its value");
    }
    if (kinds[0] != ARRAY && kinds[0] != MAP) {
      throw corrupt("is neither a map nor an array");
    }
  }

  int count() {
    return count;
  }

  byte kind(int token) {
    return kinds[token];
  }

  /** An int, or the bits of a double. */
  long value(int token) {
    return values[token];
  }

  /** The array that holds the bytes of a string. */
  byte[] source(int token) {
    return sizes[token] < 0 ? joined : data;
  }

  int offset(int token) {
    return (int) values[token];
  }

  int size(int token) {
    int size = sizes[token];
    return size < 0 ? ~size : size;
  }

  private void item(int depth) throws OtapException {
    int head = next();
    int major = head >>> 5;
    int info = head & 31;
    switch (major) {
      case 0 -> add(INT, integer(info), 0);
      case 1 -> add(INT, ~integer(info), 0);
      case 2, 3 -> string(major, info, major == 2 ? BYTES : TEXT);
      case 4 -> array(info, depth + 1);
      case 5 -> map(info, depth + 1);
      case 6 -> throw corrupt("has a tag");
      default -> simple(info);
    }
  }

  private void array(int info, int depth) throws OtapException {
    open(ARRAY, depth);
    if (info == INDEFINITE) {
      while (!atBreak()) {
        item(depth);
      }
    } else {
      for (long n = argument(info); n != 0; n--) {
        item(depth);
      }
    }
    add(ARRAY_END, 0, 0);
  }

  private void map(int info, int depth) throws OtapException {
    open(MAP, depth);
    if (info == INDEFINITE) {
      while (!atBreak()) {
        entry(depth);
      }
    } else {
      for (long n = argument(info); n != 0; n--) {
        entry(depth);
      }
    }
    add(MAP_END, 0, 0);
  }

  private void entry(int depth) throws OtapException {
    int head = next();
    if (head >>> 5 != 3) {
      throw corrupt("has a key that is no text");
    }
    string(3, head & 31, KEY);
    item(depth);
  }

  private void open(byte kind, int depth) throws OtapException {
    if (depth > MAX_DEPTH) {
      throw corrupt("is nested deeper than " + MAX_DEPTH);
    }
    add(kind, 0, 0);
  }

  private void simple(int info) throws OtapException {
    switch (info) {
      case 20 -> add(FALSE, 0, 0);
      case 21 -> add(TRUE, 0, 0);
      case 22 -> add(NULL, 0, 0);
      case 25 -> add(DOUBLE, Double.doubleToRawLongBits(half((int) big(2))), 0);
      case 26 -> add(DOUBLE, Double.doubleToRawLongBits(Float.intBitsToFloat((int) big(4))), 0);
      case 27 -> add(DOUBLE, big(8), 0);
      default -> throw corrupt("has the simple value " + info + ", which no attribute has");
    }
  }

  private void string(int major, int info, byte kind) throws OtapException {
    if (info != INDEFINITE) {
      int size = length(info);
      add(kind, at, size);
      checkText(major, data, at, size);
      at += size;
      return;
    }
    int from = joinedSize;
    while (!atBreak()) {
      int head = next();
      if (head >>> 5 != major || (head & 31) == INDEFINITE) {
        throw corrupt("has a string in pieces of another kind");
      }
      int size = length(head & 31);
      checkText(major, data, at, size);
      if (joined.length - joinedSize < size) {
        joined = Arrays.copyOf(joined, Math.max(2 * joined.length, joinedSize + size));
      }
      System.arraycopy(data, at, joined, joinedSize, size);
      joinedSize += size;
      at += size;
    }
    add(kind, from, ~(joinedSize - from));
  }

  private int length(int info) throws OtapException {
    long size = argument(info);
    if (size < 0 || size > end - at) {
      throw truncated();
    }
    return (int) size;
  }

  /** OTLP strings are UTF-8; a request with anything else cannot be read by anyone. */
  private static void checkText(int major, byte[] bytes, int from, int size) throws OtapException {
    if (major != 3) {
      return;
    }
    for (int i = from; i < from + size; i++) {
      if (bytes[i] < 0) {
        try {
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, size));
        } catch (CharacterCodingException e) {
          throw OtapException.of(OtapErrorKind.CORRUPT, "CBOR value has text that is no UTF-8", e);
        }
        return;
      }
    }
  }

  private long integer(int info) throws OtapException {
    long value = argument(info);
    if (value < 0) {
      throw corrupt("has an integer outside 64 bits");
    }
    return value;
  }

  private long argument(int info) throws OtapException {
    return switch (info) {
      case 24 -> big(1);
      case 25 -> big(2);
      case 26 -> big(4);
      case 27 -> big(8);
      case 28, 29, 30, INDEFINITE -> throw corrupt("has an item of an unknown form");
      default -> info;
    };
  }

  private long big(int bytes) throws OtapException {
    if (end - at < bytes) {
      throw truncated();
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | data[at++] & 0xFF;
    }
    return value;
  }

  private boolean atBreak() throws OtapException {
    if (at >= end) {
      throw truncated();
    }
    if ((data[at] & 0xFF) == BREAK) {
      at++;
      return true;
    }
    return false;
  }

  private int next() throws OtapException {
    if (at >= end) {
      throw truncated();
    }
    return data[at++] & 0xFF;
  }

  private void add(byte kind, long value, int size) {
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
    }
    kinds[count] = kind;
    values[count] = value;
    sizes[count++] = size;
  }

  private static double half(int bits) {
    int exponent = bits >>> 10 & 31;
    int fraction = bits & 0x3FF;
    double size;
    if (exponent == 31) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      size = fraction * 0x1p-24;
    } else {
      size = Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
    }
    return bits >>> 15 == 0 ? size : -size;
  }

  private OtapException truncated() {
    return corrupt("ends early");
  }

  private static OtapException corrupt(String problem) {
    return OtapException.of(OtapErrorKind.CORRUPT, "CBOR value " + problem);
  }
}
