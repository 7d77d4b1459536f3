/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;

/** What is kept from page to page does not tell in the next. */
class DecompressorTest {

  private final Decompressor decompressor = new Decompressor();

  @Test
  void aBrokenPageLeavesNothingForTheNext() throws IOException {
    try (decompressor) {
      byte[] whole = compressed("a page that is cut off");
      byte[] broken = Arrays.copyOf(whole, whole.length - 3);
      for (int i = 0; i < 3; i++) {
        assertThat(decompressed("one")).isEqualTo("one");
        assertThatThrownBy(() -> decompress(broken, 22))
            .isInstanceOfSatisfying(
                OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT));
        assertThat(decompressed("another")).isEqualTo("another");
      }
    }
  }

  @Test
  void itCanBeUsedAfterItsMemoryIsFreed() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(decompressed("again")).isEqualTo("again");
      decompressor.close();
      decompressor.close();
    }
  }

  private String decompressed(String text) throws IOException {
    byte[] out = decompress(compressed(text), text.length());
    return new String(out, StandardCharsets.US_ASCII);
  }

  private byte[] decompress(byte[] source, int length) throws IOException {
    byte[] out = new byte[length];
    decompressor.decompress(CompressionCodec.ZSTD, source, 0, source.length, out, 0, length);
    return out;
  }

  private static byte[] compressed(String text) {
    return Zstd.compress(text.getBytes(StandardCharsets.US_ASCII));
  }
}
