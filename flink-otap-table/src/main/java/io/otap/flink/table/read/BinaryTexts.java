/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import java.nio.ByteOrder;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryArrayData;
import org.apache.flink.table.data.binary.BinaryMapData;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * Maps of texts in Flink's binary layout ({@link BinaryMapData}, {@link BinaryArrayData}).
 * Operators copy each row's map, and turn another into this one before.
 */
final class BinaryTexts {

  /** Texts of so many bytes lie in the slot of their element. */
  private static final int SHORT = 7;

  private static final int SLOT = 8;

  private BinaryTexts() {}

  /**
   * @param keys an array, none of them null
   */
  static BinaryMapData map(byte[] keys, StringData[] values, int size) {
    byte[] map = new byte[Integer.BYTES + keys.length + bytes(values, size)];
    MemorySegment segment = MemorySegmentFactory.wrap(map);
    segment.putInt(0, keys.length);
    System.arraycopy(keys, 0, map, Integer.BYTES, keys.length);
    write(values, size, segment, Integer.BYTES + keys.length);
    BinaryMapData out = new BinaryMapData();
    out.pointTo(segment, 0, map.length);
    return out;
  }

  static byte[] array(StringData[] texts, int size) {
    byte[] array = new byte[bytes(texts, size)];
    write(texts, size, MemorySegmentFactory.wrap(array), 0);
    return array;
  }

  private static int bytes(StringData[] texts, int size) {
    int bytes = BinaryArrayData.calculateHeaderInBytes(size) + SLOT * size;
    for (int i = 0; i < size; i++) {
      int length = texts[i] == null ? 0 : ((BinaryStringData) texts[i]).getSizeInBytes();
      bytes += length > SHORT ? wholeWords(length) : 0;
    }
    return bytes;
  }

  private static int wholeWords(int bytes) {
    return (bytes + SLOT - 1) / SLOT * SLOT;
  }

  private static void write(StringData[] texts, int size, MemorySegment target, int base) {
    int header = BinaryArrayData.calculateHeaderInBytes(size);
    int cursor = header + SLOT * size;
    target.putInt(base, size);
    for (int i = 0; i < size; i++) {
      BinaryStringData text = (BinaryStringData) texts[i];
      if (text == null) {
        int at = base + Integer.BYTES + i / 8;
        target.put(at, (byte) (target.get(at) | 1 << i % 8));
        continue;
      }
      int length = text.getSizeInBytes();
      byte[] source = text.getSegments()[0].getArray();
      int slot = base + header + SLOT * i;
      if (length <= SHORT) {
        target.putLong(slot, inSlot(source, text.getOffset(), length));
      } else {
        target.putLong(slot, (long) cursor << 32 | length);
        System.arraycopy(source, text.getOffset(), target.getArray(), base + cursor, length);
        cursor += wholeWords(length);
      }
    }
  }

  private static long inSlot(byte[] source, int from, int length) {
    long word = (length | 0x80L) << 56;
    for (int i = 0; i < length; i++) {
      int shift = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 8 * i : 8 * (6 - i);
      word |= (source[from + i] & 0xffL) << shift;
    }
    return word;
  }
}
