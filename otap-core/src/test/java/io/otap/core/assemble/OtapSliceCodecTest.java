/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.BatchEquality;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtapSliceCodecTest {

  @ParameterizedTest
  @ValueSource(strings = {"logs-multi", "traces", "metrics", "logs-killed", "logs-ambiguous"})
  void slicesComeBack(String set) throws IOException {
    TestSlices cuts = TestSlices.of(set);
    for (Map.Entry<List<Object>, List<OtapSlice>> cut : cuts.byCut().entrySet()) {
      List<OtapSlice> read = new ArrayList<>();
      for (OtapSlice slice : cut.getValue()) {
        OtapSlice back = read(write(slice));
        assertThat(back.head()).isEqualTo(slice.head());
        assertThat(write(back)).isEqualTo(write(slice));
        read.add(back);
      }
      BatchEquality.assertSame(
          CutAssembly.join(read, OrphanSink.NONE), cuts.batches().get(cut.getKey()));
    }
  }

  @Test
  void noBytesAreTheEndOfTheInput() {
    assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(EOFException.class);
  }

  @Test
  void anotherFormIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {9, 1, 2}))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("no slice that this release can read: form 9, the last known is 2");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    for (OtapSlice slice : TestSlices.of("traces").largest()) {
      byte[] bytes = write(slice);
      for (int length = 1; length < bytes.length; length += length < 200 ? 1 : 97) {
        byte[] cut = java.util.Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> read(cut))
            .isInstanceOfSatisfying(
                OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT));
      }
    }
  }

  @Test
  void foreignBytesAreRefusedOrReadButNeverMore() throws IOException {
    Random random = new Random(5);
    List<OtapSlice> slices = TestSlices.of("metrics").largest();
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = write(slices.get(random.nextInt(slices.size())));
      for (int k = random.nextInt(4); k >= 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        read(bytes);
      } catch (OtapException e) {
        assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT);
      }
    }
  }

  private static byte[] write(OtapSlice slice) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OtapSliceCodec.write(slice, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static OtapSlice read(byte[] bytes) throws IOException {
    return OtapSliceCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
