/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtapBatchCodecTest {

  @ParameterizedTest
  @EnumSource(Signal.class)
  void randomBatchesComeBack(Signal signal) throws IOException {
    RandomBatches batches = new RandomBatches(signal.ordinal());
    for (int i = 0; i < 60; i++) {
      OtapBatch batch = batches.next(signal, i * 3);
      BatchEquality.assertSame(read(write(batch)), batch);
    }
  }

  @Test
  void batchesLieBehindEachOther() throws IOException {
    RandomBatches batches = new RandomBatches(7);
    List<OtapBatch> written = List.of(batches.next(), batches.next(), batches.next());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (OtapBatch batch : written) {
      OtapBatchCodec.write(batch, new DataOutputStream(bytes));
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    for (OtapBatch batch : written) {
      BatchEquality.assertSame(OtapBatchCodec.read(in), batch);
    }
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void onlyUsedEntriesOfADictionaryAreWritten() throws IOException {
    int[] offsets = new int[10_001];
    Arrays.setAll(offsets, i -> i * 10);
    OtapTable table = OtapTable.empty(PayloadType.LOGS);
    BinaryVector text = new BinaryVector(2, null, new int[] {9_999, 5}, offsets, new byte[100_000]);
    table =
        new OtapTable(PayloadType.LOGS, 2, new Vector[PayloadType.LOGS.columns().size()])
            .with(table.type().column("severity_text"), text);
    byte[] bytes = write(new OtapBatch(Signal.LOGS, List.of(table), Origin.NONE, null, null));
    assertThat(bytes.length).isLessThan(200);
    assertThat(read(bytes).root().binaryVector("severity_text").bytes(0)).hasSize(10);
  }

  @Test
  void valuesOfASmallDictionaryComeBack() throws IOException {
    byte[] data = "xabbccc".getBytes(StandardCharsets.US_ASCII);
    int rows = 1_000;
    int[] ids = new int[rows];
    Arrays.setAll(ids, row -> row % 3);
    for (long[] validity : new long[][] {null, Validity.empty(rows)}) {
      for (int row = 0; validity != null && row < rows; row += 7) {
        Validity.set(validity, row);
      }
      BinaryVector text = new BinaryVector(rows, validity, ids, new int[] {1, 2, 4, 7}, data);
      OtapTable table =
          new OtapTable(PayloadType.LOGS, rows, new Vector[PayloadType.LOGS.columns().size()])
              .with(PayloadType.LOGS.column("severity_text"), text);
      OtapBatch batch = new OtapBatch(Signal.LOGS, List.of(table), Origin.NONE, null, null);
      byte[] bytes = write(batch);
      assertThat(bytes.length).isLessThan(1_200);
      BatchEquality.assertSame(read(bytes), batch);
    }
  }

  @Test
  void everyTruncationIsNamed() throws IOException {
    byte[] bytes = write(new RandomBatches(3).next(Signal.METRICS, 5));
    assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(EOFException.class);
    for (int length = 1; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOfSatisfying(
              OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT));
    }
  }

  @Test
  void anUnknownFormIsNamed() throws IOException {
    byte[] bytes = write(new RandomBatches(3).next());
    bytes[0] = 9;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("form 9, the last known is 2");
  }

  @Test
  void foreignBytesNeverGiveMoreThanAnError() throws IOException {
    Random random = new Random(11);
    RandomBatches batches = new RandomBatches(12);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = write(batches.next(Signal.values()[i % 3], 20));
      for (int k = 0; k < 1 + random.nextInt(4); k++) {
        bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
      }
      try {
        OtapBatch batch = read(bytes);
        for (OtapTable table : batch.tables()) {
          int[] all = new int[table.rows()];
          Arrays.setAll(all, row -> row);
          table.gather(all, 0, all.length);
        }
      } catch (OtapException e) {
        assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT);
      }
    }
  }

  @Test
  void aHugeLengthDoesNotAllocate() {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    bytes.put((byte) 1).put((byte) PayloadType.LOGS.number());
    bytes.putInt(Integer.MAX_VALUE - 8);
    assertThatThrownBy(() -> read(bytes.array()))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("end before");
  }

  private static byte[] write(OtapBatch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OtapBatchCodec.write(batch, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static OtapBatch read(byte[] bytes) throws IOException {
    return OtapBatchCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
