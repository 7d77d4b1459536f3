/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpFileCommittableSerializerTest {

  private static final OtlpFileCommittableSerializer SERIALIZER =
      OtlpFileCommittableSerializer.INSTANCE;

  private static final OtlpFileCommittable PARTS =
      new OtlpFileCommittable(
          List.of(
              new PartFile(Signal.LOGS, "file:/a/b", 5L << 32, 1, new byte[] {1, 2, 3}),
              new PartFile(Signal.METRICS, "s3://c/d", 0, 2, new byte[0])));

  @Test
  void partsComeBack() throws IOException {
    OtlpFileCommittable read = SERIALIZER.deserialize(1, SERIALIZER.serialize(PARTS));
    assertThat(read).usingRecursiveComparison().isEqualTo(PARTS);
  }

  @Test
  void anUnknownVersionIsNamed() throws IOException {
    byte[] bytes = SERIALIZER.serialize(PARTS);
    assertThatThrownBy(() -> SERIALIZER.deserialize(3, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 3");
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    byte[] bytes = SERIALIZER.serialize(PARTS);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SERIALIZER.deserialize(1, cut))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is cut off");
    }
    assertThatThrownBy(() -> SERIALIZER.deserialize(1, Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(IOException.class);
  }
}
