/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DictionaryFieldsTest {

  private static final int SEEDS = 200;

  @Test
  void aRequestIsTheSameWithAndWithoutDictionaries() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      int logs = 1 + random.nextInt(40);
      int attributes = 8 * logs + random.nextInt(100);
      String[] keys = strings(1 + random.nextInt(1 + attributes / 8), random);
      String[] values = strings(1 + random.nextInt(1 + attributes / 8), random);
      BinaryVector key = column(keys, attributes, random);
      BinaryVector value = column(values, attributes, random);
      BinaryVector body = column(strings(1 + logs / 8, random), logs, random);
      byte[] types = types(attributes, random);
      int[] parents = IntStream.range(0, attributes).map(i -> i * logs / attributes).toArray();
      byte[] plain =
          OtlpEncoder.encode(batch(logs, plain(body), parents, types, plain(key), plain(value)));
      assertThat(OtlpEncoder.encode(batch(logs, body, parents, types, key, value)))
          .as("seed %d", seed)
          .isEqualTo(plain);
    }
  }

  @Test
  void fieldsAreMadeOfSmallDictionariesOfManyRows() {
    assertThat(fields(new String[] {"a", "b"}, 16)).isNotNull();
    assertThat(fields(new String[] {"a", "b"}, 15)).isNull();
    assertThat(fields(new String[] {"x".repeat(1 << 20)}, 8)).isNotNull();
    assertThat(fields(new String[] {"x".repeat(1 << 20), "y"}, 16)).isNull();
    assertThat(DictionaryFields.of(null, DictionaryFieldsTest::field)).isNull();
    assertThat(
            DictionaryFields.of(
                plain(column(new String[] {"a"}, 100, new Random(1))), DictionaryFieldsTest::field))
        .isNull();
  }

  private static DictionaryFields fields(String[] entries, int rows) {
    return DictionaryFields.of(column(entries, rows, new Random(1)), DictionaryFieldsTest::field);
  }

  private static void field(ReverseProtoWriter out, byte[] data, int from, int size) {
    out.presentBytes(1, data, from, size);
  }

  private static OtapBatch batch(
      int logs, BinaryVector body, int[] parents, byte[] types, Vector key, Vector value) {
    byte[] strings = new byte[logs];
    for (int row = 0; row < logs; row++) {
      strings[row] = (byte) AttributeType.STRING.code();
    }
    Vector[] root = new Vector[PayloadType.LOGS.columns().size()];
    put(root, PayloadType.LOGS, "id", ids(IntStream.range(0, logs).toArray()));
    put(root, PayloadType.LOGS, "body.type", new ByteVector(logs, null, strings));
    put(root, PayloadType.LOGS, "body.str", body);
    Vector[] child = new Vector[PayloadType.LOG_ATTRS.columns().size()];
    put(child, PayloadType.LOG_ATTRS, "parent_id", ids(parents));
    put(child, PayloadType.LOG_ATTRS, "type", new ByteVector(types.length, null, types));
    put(child, PayloadType.LOG_ATTRS, "key", key);
    put(child, PayloadType.LOG_ATTRS, "str", value);
    return new OtapBatch(
        Signal.LOGS,
        List.of(
            new OtapTable(PayloadType.LOGS, logs, root),
            new OtapTable(PayloadType.LOG_ATTRS, types.length, child)),
        Origin.NONE,
        null,
        null);
  }

  private static void put(Vector[] vectors, PayloadType type, String path, Vector vector) {
    vectors[type.column(path).index()] = vector;
  }

  private static IntVector ids(int[] ids) {
    return new IntVector(ids.length, null, ids);
  }

  private static byte[] types(int rows, Random random) {
    byte[] types = new byte[rows];
    for (int row = 0; row < rows; row++) {
      AttributeType type = random.nextInt(8) == 0 ? AttributeType.INT : AttributeType.STRING;
      types[row] = (byte) type.code();
    }
    return types;
  }

  private static String[] strings(int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(i -> (random.nextInt(5) == 0 ? "é" : "v").repeat(random.nextInt(200)))
        .toArray(String[]::new);
  }

  /** Rows of a dictionary with these entries, some null. */
  private static BinaryVector column(String[] entries, int rows, Random random) {
    int[] offsets = new int[entries.length + 1];
    for (int i = 0; i < entries.length; i++) {
      offsets[i + 1] = offsets[i] + entries[i].getBytes(StandardCharsets.UTF_8).length;
    }
    byte[] data = String.join("", entries).getBytes(StandardCharsets.UTF_8);
    long[] validity = random.nextBoolean() ? Validity.empty(rows) : null;
    int[] ids = new int[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = random.nextInt(entries.length);
      if (validity != null && random.nextInt(4) != 0) {
        Validity.set(validity, row);
      }
    }
    return new BinaryVector(rows, validity, ids, offsets, data);
  }

  private static BinaryVector plain(BinaryVector column) {
    int rows = column.length();
    int[] offsets = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] = offsets[row] + column.size(row);
    }
    byte[] data = new byte[offsets[rows]];
    for (int row = 0; row < rows; row++) {
      byte[] value = column.bytes(row);
      System.arraycopy(value, 0, data, offsets[row], value.length);
    }
    return new BinaryVector(rows, column.validity(), null, offsets, data);
  }
}
