/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedNumbersTest {

  private static final int COUNT = 9_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64})
  void numbersOfSoManyBitsComeBack(int bits) throws IOException {
    Random random = new Random(bits);
    long mask = bits == 64 ? -1L : (1L << bits) - 1;
    for (long base : new long[] {0, -5, Long.MIN_VALUE, Long.MAX_VALUE - 3}) {
      long[] values = random.longs(COUNT).map(v -> base + (v & mask)).toArray();
      byte[] bytes = write(out -> out.longs(values, COUNT));
      assertThat(read(bytes).longs(COUNT, COUNT)).isEqualTo(values);
      int[] ints = Arrays.stream(values).mapToInt(v -> (int) v).toArray();
      assertThat(read(write(out -> out.ints(ints, COUNT))).ints(COUNT, COUNT)).isEqualTo(ints);
    }
  }

  @Test
  void theyTakeNoMoreBytesThanTheirDifferencesNeed() throws IOException {
    long[] values = new long[COUNT];
    Arrays.fill(values, 1L << 60);
    assertThat(write(out -> out.longs(values, COUNT))).hasSize(9);
    values[5] += 255;
    assertThat(write(out -> out.longs(values, COUNT))).hasSize(9 + COUNT);
    values[7] += 256;
    assertThat(write(out -> out.longs(values, COUNT))).hasSize(9 + 2 * COUNT);
    values[8] = 0;
    assertThat(write(out -> out.longs(values, COUNT))).hasSize(9 + 8 * COUNT);
    assertThat(write(out -> out.ints(new int[COUNT], COUNT))).hasSize(5);
  }

  @Test
  void theArrayHasRoomForRowsWithoutNumbers() throws IOException {
    int[] values = {3, 1_000, 70_000};
    int[] read = read(write(out -> out.ints(values, 3))).ints(3, 100_000);
    assertThat(read).hasSize(100_000).startsWith(values);
    assertThat(read(write(out -> out.longs(new long[0], 0))).longs(0, 9)).hasSize(9);
  }

  @Test
  void manyEqualNumbersHaveBytes() throws IOException {
    int many = PackedOutput.MOST_WITHOUT_BYTES + 1;
    int[] values = new int[many];
    Arrays.fill(values, 7);
    byte[] bytes = write(out -> out.ints(values, many));
    assertThat(bytes).hasSize(5 + many);
    assertThat(read(bytes).ints(many, many)).isEqualTo(values);
    bytes[0] = 0;
    assertThatThrownBy(() -> read(bytes).ints(many, many))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 8, 16, 255})
  void otherWidthsAreRefused(int width) throws IOException {
    byte[] bytes = write(out -> out.ints(new int[10], 10));
    bytes[0] = (byte) width;
    assertThatThrownBy(() -> read(bytes).ints(10, 10))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(width + " bytes each");
  }

  private interface Write {
    void to(PackedOutput out) throws IOException;
  }

  private static byte[] write(Write write) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write.to(new PackedOutput(new DataOutputStream(bytes)));
    return bytes.toByteArray();
  }

  private static PackedInput read(byte[] bytes) {
    return new PackedInput(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
