/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.ChildRows;
import io.otap.core.error.OtapException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryMapData;

/**
 * Attributes as maps of texts. Of a key that occurs again the first value counts. Most records have
 * the keys of others: these are looked at, and laid out, once.
 */
final class TextMaps implements AttributeReader {

  /**
   * Keys that occur together.
   *
   * @param layout in binary, without repeated ones
   * @param positions of those that are in it
   */
  private record Keys(byte[] layout, int[] positions) {}

  private final FieldReader keyTexts;
  private final FieldReader valueTexts;
  private final ValueNumbers keyNumbers;
  private final Numbering sequences = new Numbering();

  /** By the number of their sequence. */
  private Keys[] known = new Keys[16];

  private StringData[] values = new StringData[16];

  TextMaps(Texts keyTexts, FieldReader valueTexts) {
    this.keyTexts = keyTexts;
    this.valueTexts = valueTexts;
    this.keyNumbers = new ValueNumbers(keyTexts);
  }

  @Override
  public BinaryMapData read(ChildRows rows, int start, int end) throws OtapException {
    Keys keys = keys(rows, start, end);
    int[] positions = keys.positions;
    if (positions.length > values.length) {
      values = new StringData[2 * positions.length];
    }
    for (int i = 0; i < positions.length; i++) {
      values[i] = (StringData) valueTexts.read(rows.row(start + positions[i]));
    }
    return BinaryTexts.map(keys.layout, values, positions.length);
  }

  /** A sequence is what came before, and one key more. */
  private Keys keys(ChildRows rows, int start, int end) throws OtapException {
    int sequence = 0;
    for (int i = start; i < end; i++) {
      int key = keyNumbers.of(rows.row(i));
      sequence = 1 + sequences.of((long) sequence << Integer.SIZE | key);
    }
    if (sequence >= known.length) {
      known = Arrays.copyOf(known, 2 * sequence);
    }
    if (known[sequence] == null) {
      known[sequence] = lookedAt(rows, start, end);
    }
    return known[sequence];
  }

  private Keys lookedAt(ChildRows rows, int start, int end) throws OtapException {
    Set<Object> seen = new HashSet<>();
    StringData[] keys = new StringData[end - start];
    int[] positions = new int[keys.length];
    int size = 0;
    for (int i = start; i < end; i++) {
      StringData key = (StringData) keyTexts.read(rows.row(i));
      if (seen.add(key)) {
        keys[size] = key;
        positions[size++] = i - start;
      }
    }
    return new Keys(BinaryTexts.array(keys, size), Arrays.copyOf(positions, size));
  }
}
