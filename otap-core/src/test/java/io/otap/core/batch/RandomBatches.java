/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Batches with random rows in every table and every form of vector. The values have the right types
 * but no meaning: ids refer to nothing.
 */
public final class RandomBatches {

  private final Random random;

  public RandomBatches(long seed) {
    this.random = new Random(seed);
  }

  public OtapBatch next() {
    return next(Signal.values()[random.nextInt(Signal.values().length)], 200);
  }

  /**
   * @param maxRows most rows of a table
   */
  public OtapBatch next(Signal signal, int maxRows) {
    List<OtapTable> tables = new ArrayList<>();
    Map<PayloadType, Long> orphans = new EnumMap<>(PayloadType.class);
    int rootRows = 0;
    for (PayloadType type : PayloadType.of(signal)) {
      if (type.isRoot() || random.nextInt(4) != 0) {
        OtapTable table = table(type, random.nextInt(maxRows + 1));
        rootRows = type.isRoot() ? table.rows() : rootRows;
        tables.add(table);
      }
      if (!type.isRoot() && random.nextInt(5) == 0) {
        orphans.put(type, (long) random.nextInt(100));
      }
    }
    Origin origin =
        random.nextBoolean()
            ? Origin.NONE
            : new Origin("p\u00e4rt", "file", random.nextInt(), orphans);
    return new OtapBatch(signal, tables, origin, recovery(rootRows), recovery(rootRows));
  }

  public OtapTable table(PayloadType type, int rows) {
    Vector[] vectors = new Vector[type.columns().size()];
    for (Column column : type.columns()) {
      if (random.nextInt(5) != 0) {
        vectors[column.index()] =
            column.list() ? list(column.type(), rows) : vector(column.type(), rows, true);
      }
    }
    return new OtapTable(type, rows, vectors);
  }

  private byte[] recovery(int rows) {
    if (random.nextBoolean()) {
      return null;
    }
    byte[] codes = new byte[rows];
    for (int i = 0; i < rows; i++) {
      codes[i] = (byte) random.nextInt(Recovery.values().length);
    }
    return codes;
  }

  private ListVector list(ColumnType type, int rows) {
    long[] validity = validity(rows);
    int[] offsets = new int[rows + 1];
    for (int i = 0; i < rows; i++) {
      offsets[i + 1] = offsets[i] + (Validity.get(validity, i) ? random.nextInt(4) : 0);
    }
    return new ListVector(rows, validity, offsets, vector(type, offsets[rows], false));
  }

  private Vector vector(ColumnType type, int rows, boolean nullable) {
    long[] validity = nullable ? validity(rows) : null;
    int spare = random.nextInt(3);
    return switch (type.storage()) {
      case BYTES -> {
        byte[] values = new byte[rows + spare];
        for (int i = 0; i < rows; i++) {
          values[i] = Validity.get(validity, i) ? (byte) random.nextInt() : 0;
        }
        yield new ByteVector(rows, validity, values);
      }
      case INTS -> {
        int[] values = new int[rows + spare];
        for (int i = 0; i < rows; i++) {
          values[i] = Validity.get(validity, i) ? random.nextInt() : 0;
        }
        yield new IntVector(rows, validity, values);
      }
      case LONGS -> {
        long[] values = new long[rows + spare];
        for (int i = 0; i < rows; i++) {
          values[i] = Validity.get(validity, i) ? random.nextLong() : 0;
        }
        yield new LongVector(rows, validity, values);
      }
      case DOUBLES -> {
        double[] values = new double[rows + spare];
        for (int i = 0; i < rows; i++) {
          values[i] = Validity.get(validity, i) ? random.nextGaussian() : 0;
        }
        yield new DoubleVector(rows, validity, values);
      }
      case BINARY -> binary(type, rows, validity);
    };
  }

  private BinaryVector binary(ColumnType type, int rows, long[] validity) {
    boolean dictionary = random.nextBoolean();
    int entries = dictionary ? 1 + random.nextInt(300) : rows;
    int[] offsets = new int[entries + 1];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < entries; i++) {
      boolean empty = !dictionary && !Validity.get(validity, i);
      int size = type.fixedLength() > 0 ? type.fixedLength() : random.nextInt(9);
      for (int k = 0; k < (empty ? 0 : size); k++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      offsets[i + 1] = text.length();
    }
    int[] ids = null;
    if (dictionary) {
      ids = new int[rows];
      for (int i = 0; i < rows; i++) {
        ids[i] = random.nextInt(entries);
      }
    }
    byte[] data = text.toString().getBytes(StandardCharsets.US_ASCII);
    return new BinaryVector(rows, validity, ids, offsets, data);
  }

  private long[] validity(int rows) {
    int share = random.nextInt(4);
    if (share == 0 || rows == 0) {
      return null;
    }
    long[] bits = Validity.empty(rows);
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(3) < share - 1) {
        Validity.set(bits, i);
      }
    }
    return bits;
  }
}
