/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Broken files: one clear sentence, never another exception, never endless. */
@Timeout(60)
class BrokenFilesTest {

  private static final int MUTATIONS = Integer.getInteger("otap.mutations", 500);

  private static byte[] bytes(String set, PayloadType type) throws IOException {
    return Files.readAllBytes(ParquetFiles.of(set, type).path());
  }

  /** Whether the bytes were read; else they failed as they may. */
  private static boolean reads(byte[] file, PayloadType type, int step, long first)
      throws IOException {
    try {
      SeekableInput in = new ParquetFiles.Bytes(file);
      ParquetFooter footer = ParquetFooter.read(in, "memory");
      for (Column column : type.columns()) {
        footer.range(column.path());
        footer.hasValues(column.path());
      }
      footer.arrowMetadata("_part_id");
      footer.unknownColumns(type);
      footer.schema();
      if (type.id() != null) {
        BlockRanges.read(in, footer, type.id());
      }
      for (OtapTable table :
          ParquetFiles.read(
              file, type, type.columns(), step, first, Math.min(footer.rows(), 5000))) {
        for (Column column : type.columns()) {
          Values.of(List.of(table), column);
        }
      }
      return true;
    } catch (OtapException e) {
      assertThat(e.kind()).isIn(OtapErrorKind.CORRUPT, OtapErrorKind.SCHEMA);
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }

  private static void mutate(byte[] sound, PayloadType type, int seed) throws IOException {
    mutate(sound, type, seed, MUTATIONS);
  }

  private static void mutate(byte[] sound, PayloadType type, int seed, int count)
      throws IOException {
    Random random = new Random(seed);
    int failed = 0;
    int read = 0;
    for (int i = 0; i < count; i++) {
      byte[] file = sound.clone();
      int flips = 1 + random.nextInt(4);
      boolean inFooter = random.nextBoolean();
      for (int f = 0; f < flips; f++) {
        int at =
            inFooter
                ? file.length - 1 - random.nextInt(Math.min(file.length, 6000))
                : random.nextInt(file.length);
        file[at] =
            random.nextBoolean()
                ? (byte) (file[at] ^ 1 << random.nextInt(8))
                : (byte) random.nextInt(256);
      }
      try {
        if (reads(file, type, 1 + random.nextInt(3000), random.nextInt(40))) {
          read++;
        } else {
          failed++;
        }
      } catch (Throwable e) {
        throw new AssertionError("mutation " + i + " of seed " + seed, e);
      }
    }
    assertThat(failed).isPositive();
    assertThat(read).isPositive();
  }

  @Test
  void changedBytesOfLogs() throws IOException {
    mutate(bytes("logs-small", PayloadType.LOGS), PayloadType.LOGS, 1);
  }

  @Test
  void changedBytesOfAttributes() throws IOException {
    mutate(bytes("logs-small", PayloadType.LOG_ATTRS), PayloadType.LOG_ATTRS, 2);
  }

  @Test
  void changedBytesOfLists() throws IOException {
    mutate(
        bytes("metrics", PayloadType.HISTOGRAM_DATA_POINTS), PayloadType.HISTOGRAM_DATA_POINTS, 3);
  }

  @Test
  void changedBytesOfOtherEncodings() throws IOException {
    int seed = 4;
    for (CompressionCodec codec :
        List.of(
            CompressionCodec.UNCOMPRESSED,
            CompressionCodec.SNAPPY,
            CompressionCodec.ZSTD,
            CompressionCodec.GZIP,
            CompressionCodec.LZ4_RAW)) {
      for (String kind : List.of("plain", "split", "mixed")) {
        PayloadType type =
            kind.equals("split") ? PayloadType.LOGS : PayloadType.EXP_HISTOGRAM_DATA_POINTS;
        byte[] file =
            new RandomTable(type, seed)
                .write(
                    EncodingsTest.properties(WriterVersion.PARQUET_2_0, kind), codec, true, 60, 50);
        mutate(file, type, seed++, MUTATIONS / 5);
      }
    }
  }

  @Test
  void cutOffAnywhere() throws IOException {
    byte[] sound = bytes("logs-small", PayloadType.LOGS);
    for (int length = 0; length < sound.length; length += 1 + length / 40) {
      assertThat(reads(Arrays.copyOf(sound, length), PayloadType.LOGS, 1000, 0)).isFalse();
    }
    assertThat(reads(sound, PayloadType.LOGS, 1000, 0)).isTrue();
  }

  private static void refuses(byte[] file, String message) {
    assertThatThrownBy(() -> ParquetFooter.read(new ParquetFiles.Bytes(file), "a/b.parquet"))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("file a/b.parquet");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    byte[] sound = bytes("logs-small", PayloadType.LOGS);
    refuses(new byte[0], "the file is empty");
    refuses(new byte[5], "a file of 5 bytes cannot be Parquet");
    refuses("{\"this\": \"is JSON\"}".getBytes(StandardCharsets.UTF_8), "not a Parquet file");
    refuses(Arrays.copyOf(sound, sound.length / 2), "does not end with PAR1");
    byte[] encrypted = sound.clone();
    encrypted[encrypted.length - 1] = 'E';
    refuses(encrypted, "encrypted");
    byte[] large = sound.clone();
    large[large.length - 5] = 0x7f;
    refuses(large, "the footer claims");
  }

  @Test
  void readsLongFootersInTwoSteps() throws IOException {
    byte[] file =
        new RandomTable(PayloadType.LOGS, 1)
            .write(
                EncodingsTest.properties(WriterVersion.PARQUET_1_0, "plain"),
                CompressionCodec.UNCOMPRESSED,
                false,
                new int[60]);
    List<Integer> lengths = new ArrayList<>();
    SeekableInput in =
        new SeekableInput() {
          @Override
          public long length() {
            return file.length;
          }

          @Override
          public void readFully(long position, byte[] buffer, int offset, int length) {
            lengths.add(length);
            System.arraycopy(file, (int) position, buffer, offset, length);
          }

          @Override
          public void close() {}
        };
    assertThat(ParquetFooter.read(in, "memory").rowGroups()).isEqualTo(60);
    assertThat(lengths).hasSizeLessThanOrEqualTo(3);
  }
}
