/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtapSplitSerializerTest {

  private static final OtapSplitSerializer SERIALIZER = OtapSplitSerializer.INSTANCE;

  static Iterable<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void splitsComeBack(String set) throws IOException {
    for (OtapSplit split : TestSplits.of(set)) {
      OtapSplit moved = new OtapSplit(split.plan(), 1L << 40);
      byte[] bytes = SERIALIZER.serialize(moved);
      OtapSplit read = SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes);
      assertThat(read).isEqualTo(moved);
      assertThat(read.splitId()).isEqualTo(split.splitId());
      assertThat(read.path()).isEqualTo(split.path());
    }
  }

  @Test
  void manyInputsTakeLittleSpace() throws IOException {
    OtapSplit split =
        TestSplits.of("logs-file-per-batch").stream()
            .max((a, b) -> a.plan().inputs().size() - b.plan().inputs().size())
            .orElseThrow();
    int inputs = split.plan().inputs().size();
    assertThat(inputs).isGreaterThan(10);
    assertThat(SERIALIZER.serialize(split).length).isLessThan(1000 + 110 * inputs);
  }

  @Test
  void anUnknownVersionIsNamed() throws IOException {
    byte[] bytes = SERIALIZER.serialize(TestSplits.of("logs-small").get(0));
    assertThatThrownBy(() -> SERIALIZER.deserialize(7, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 7");
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    byte[] bytes = SERIALIZER.serialize(TestSplits.of("logs-small").get(0));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SERIALIZER.deserialize(3, cut))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is cut off or was not written by it");
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> SERIALIZER.deserialize(3, longer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes behind its end");
  }

  @Test
  void foreignBytesGiveNothingButAnError() throws IOException {
    byte[] bytes = SERIALIZER.serialize(TestSplits.of("logs-small").get(0));
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        SERIALIZER.deserialize(3, damaged);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("The state of a split");
      }
    }
  }

  @Test
  void thePositionIsThatOfFileSplits() throws IOException {
    OtapSplit split = TestSplits.of("logs-small").get(0);
    OtapSplit moved =
        split.updateWithCheckpointedPosition(
            new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, 3));
    assertThat(moved).isEqualTo(new OtapSplit(split.plan(), 3));
    assertThat(moved.getReaderPosition().orElseThrow().getRecordsAfterOffset()).isEqualTo(3);
    assertThat(moved.updateWithCheckpointedPosition(null)).isEqualTo(split);
  }

  @Test
  void theStateMovesOn() throws IOException {
    OtapSplit split = TestSplits.of("logs-small").get(0);
    OtapSplitState state = new OtapSplitState(split);
    assertThat(state.toSplit()).isSameAs(split);
    state.moveTo(2);
    assertThat(state.toSplit().position()).isEqualTo(2);
  }
}
