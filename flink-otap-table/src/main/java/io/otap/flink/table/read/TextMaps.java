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

/** Attributes as maps of texts. Of a key that occurs again the first value counts. */
final class TextMaps implements AttributeReader {

  private static final BinaryMapData NONE =
      BinaryTexts.map(new StringData[0], new StringData[0], 0);

  /** Up to so many keys are compared one by one. */
  private static final int FEW = 16;

  private final Texts texts;
  private final FieldReader valueTexts;
  private final Set<StringData> seen = new HashSet<>();
  private StringData[] keys = new StringData[FEW];
  private StringData[] values = new StringData[FEW];

  TextMaps(Texts texts, FieldReader valueTexts) {
    this.texts = texts;
    this.valueTexts = valueTexts;
  }

  @Override
  public BinaryMapData read(ChildRows rows, int start, int end) throws OtapException {
    if (start == end) {
      return NONE;
    }
    if (end - start > keys.length) {
      keys = Arrays.copyOf(keys, end - start);
      values = Arrays.copyOf(values, end - start);
    }
    seen.clear();
    int size = 0;
    for (int i = start; i < end; i++) {
      int row = rows.row(i);
      StringData key = texts.read(row);
      if (isNew(key, size, end - start)) {
        keys[size] = key;
        values[size++] = (StringData) valueTexts.read(row);
      }
    }
    return BinaryTexts.map(keys, values, size);
  }

  private boolean isNew(StringData key, int size, int most) {
    if (most > FEW) {
      return seen.add(key);
    }
    for (int i = 0; i < size; i++) {
      if (keys[i] == key || keys[i].equals(key)) {
        return false;
      }
    }
    return true;
  }
}
