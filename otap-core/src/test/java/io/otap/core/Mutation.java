/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damage to bytes: flips, wild numbers, pieces that are cut out, doubled or zeroed, and ends. */
public final class Mutation {

  private static final long[] WILD = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    32_767,
    65_535,
    65_536,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private Mutation() {}

  /** Flips one to four bits. */
  public static byte[] flip(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 0; n--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Damages bytes from {@code from} to {@code to} in one to three places. */
  public static byte[] damage(byte[] sound, int from, int to, Random random) {
    byte[] bytes = sound.clone();
    int end = to;
    for (int n = 1 + random.nextInt(3); n > 0 && end > from; n--) {
      int at = from + random.nextInt(end - from);
      int length = Math.min(end - at, 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 8));
      switch (random.nextInt(8)) {
        case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) random.nextInt(256);
        case 3 -> number(bytes, at, random);
        case 4 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : -1));
        case 5 -> {
          int source = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, source, bytes, at, length);
        }
        case 6 -> {
          bytes = splice(bytes, at, at + length, new byte[0]);
          end -= length;
        }
        default -> {
          bytes = splice(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
          end += length;
        }
      }
    }
    return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }

  /** A wild number in one of the ways that formats store numbers. */
  private static void number(byte[] bytes, int at, Random random) {
    long value = WILD[random.nextInt(WILD.length)] + random.nextInt(3) - 1;
    byte[] number =
        switch (random.nextInt(3)) {
          case 0 ->
              ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
          case 1 -> ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
          default -> varint(random.nextBoolean() ? value : value << 1 ^ value >> 63);
        };
    System.arraycopy(number, 0, bytes, at, Math.min(number.length, bytes.length - at));
  }

  private static byte[] varint(long value) {
    byte[] out = new byte[10];
    int n = 0;
    long rest = value;
    while (rest >>> 7 != 0) {
      out[n++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out[n++] = (byte) rest;
    return Arrays.copyOf(out, n);
  }

  /** The bytes with those from {@code from} to {@code to} replaced. */
  public static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    byte[] out = new byte[bytes.length - (to - from) + piece.length];
    System.arraycopy(bytes, 0, out, 0, from);
    System.arraycopy(piece, 0, out, from, piece.length);
    System.arraycopy(bytes, to, out, from + piece.length, bytes.length - to);
    return out;
  }
}
