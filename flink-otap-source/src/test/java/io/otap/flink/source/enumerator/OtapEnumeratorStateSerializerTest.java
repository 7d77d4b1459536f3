/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.OtapSplitSerializer;
import io.otap.flink.source.split.TestSplits;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtapEnumeratorStateSerializerTest {

  private static final OtapEnumeratorStateSerializer SERIALIZER =
      OtapEnumeratorStateSerializer.INSTANCE;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void statesComeBack(boolean planned) throws IOException {
    OtapEnumeratorState state =
        new OtapEnumeratorState(
            planned,
            planned ? TestSplits.of("mixed") : List.of(),
            planned ? TestSplits.of("traces") : List.of(),
            Map.of());
    assertThat(SERIALIZER.deserialize(3, SERIALIZER.serialize(state))).isEqualTo(state);
  }

  @Test
  void sharedFilesStandOnce() throws IOException {
    List<OtapSplit> splits = TestSplits.of("logs-file-per-batch");
    int alone = 0;
    for (OtapSplit split : splits) {
      alone += OtapSplitSerializer.INSTANCE.serialize(split).length;
    }
    assertThat(
            SERIALIZER.serialize(new OtapEnumeratorState(true, splits, List.of(), Map.of())).length)
        .isLessThan(alone / 3);
  }

  @Test
  void anUnknownVersionAndTruncationsAreNamed() throws IOException {
    byte[] bytes =
        SERIALIZER.serialize(
            new OtapEnumeratorState(true, TestSplits.of("logs-small"), List.of(), Map.of()));
    assertThatThrownBy(() -> SERIALIZER.deserialize(99, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 99");
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SERIALIZER.deserialize(3, cut))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("enumerator of the OTAP source is cut off");
    }
  }
}
