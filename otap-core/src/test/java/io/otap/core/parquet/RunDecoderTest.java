/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

/** Against the encoder of Apache Parquet. */
class RunDecoderTest {

  @Test
  void readsNumbersOfEveryWidthInStepsOfAnySize() throws IOException {
    Random random = new Random(5);
    for (int width = 0; width <= 32; width++) {
      int[] numbers = new int[3000];
      for (int i = 0; i < numbers.length; ) {
        int run = random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 1;
        int value = width == 0 ? 0 : random.nextInt() >>> (32 - width);
        for (int k = 0; k < run && i < numbers.length; k++) {
          numbers[i++] = value;
        }
      }
      RunLengthBitPackingHybridEncoder encoder =
          new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, new HeapByteBufferAllocator());
      for (int number : numbers) {
        encoder.writeInt(number);
      }
      byte[] bytes = encoder.toBytes().toByteArray();
      byte[] slack = Arrays.copyOf(bytes, bytes.length + ChunkInput.SLACK);
      RunDecoder decoder = new RunDecoder(slack, 0, bytes.length, width);
      int[] read = new int[numbers.length];
      for (int done = 0; done < read.length; ) {
        int n = Math.min(read.length - done, random.nextInt(70));
        if (random.nextInt(4) == 0) {
          decoder.skip(n);
          System.arraycopy(numbers, done, read, done, n);
        } else {
          decoder.read(read, done, n);
        }
        done += n;
      }
      assertThat(read).as("width %d", width).isEqualTo(numbers);
      encoder.close();
    }
  }
}
