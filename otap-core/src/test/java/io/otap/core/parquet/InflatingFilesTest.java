/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** Few bytes that say, or stand for, many: memory follows the file, not what it claims. */
class InflatingFilesTest {

  private static final PayloadType TYPE = PayloadType.LOG_ATTRS;
  private static final int LARGE = 900_000;

  private static byte[] large(int number) {
    byte[] value = new byte[LARGE];
    Arrays.fill(value, (byte) ('a' + number));
    return value;
  }

  /** One large value 5,000 times from a dictionary, then values that no longer fit in it. */
  private static byte[] dictionaryThenPlain() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetTableWriter writer =
        new ParquetTableWriter(out, TYPE, WriteOptions.DEFAULT, Map.of())) {
      for (int part = 0; part < 51; part++) {
        TableBuilder rows = new TableBuilder(TYPE);
        for (int i = 0; i < (part < 50 ? 100 : 4); i++) {
          int row = rows.addRow();
          rows.ints("parent_id").set(row, part * 100 + i);
          rows.binaries("key").set(row, new byte[] {'k'});
          rows.bytes("type").set(row, (byte) 1);
          rows.binaries("str").set(row, large(part < 50 ? 0 : 1 + i));
        }
        writer.write(rows.build());
      }
      writer.finish();
    }
    return out.toByteArray();
  }

  @Test
  void repeatedLargeValuesAreNotCopiedWhereDictionariesEnd() throws IOException {
    byte[] file = dictionaryThenPlain();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    List<OtapTable> tables = ParquetFiles.read(file, TYPE, TYPE.columns(), 8192, 0, Long.MAX_VALUE);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
    assertThat(tables).hasSize(1);
    BinaryVector values = tables.get(0).binaryVector("str");
    assertThat(values.length()).isEqualTo(5_004);
    for (int row : new int[] {0, 1, 4_999, 5_000, 5_003}) {
      assertThat(values.bytes(row)).isEqualTo(large(Math.max(0, row - 4_999)));
    }
  }

  @Test
  void sharedBeginningsThatGrowWithoutEndAreRefused() throws IOException {
    DeltaByteArrayWriter writer =
        new DeltaByteArrayWriter(1 << 10, 1 << 20, new HeapByteBufferAllocator());
    Binary value = Binary.fromConstantByteArray(large(0));
    for (int i = 0; i < 1_000; i++) {
      writer.writeBytes(value);
    }
    byte[] page = Arrays.copyOf(writer.getBytes().toByteArray(), (1 << 20) + ChunkInput.SLACK);
    Leaf leaf =
        FileSchema.of(
                List.of(
                    new SchemaElement("m").setNum_children(1),
                    new SchemaElement("str")
                        .setType(Type.BYTE_ARRAY)
                        .setRepetition_type(FieldRepetitionType.REQUIRED)))
            .leaf("str");
    DeltaBinaries values = DeltaBinaries.shared(leaf, page, 0, 1 << 20);
    BinaryPlain few = new BinaryPlain();
    values.binaries(few, 20);
    assertThat(few.entries).isEqualTo(20);
    assertThatThrownBy(() -> values.binaries(new BinaryPlain(), 980))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.SCHEMA))
        .hasMessageContaining("shared beginnings");
  }

  @Test
  void sizesThatTheCompressedBytesContradictAreRefusedBeforeThereIsMemoryForThem()
      throws IOException {
    byte[] content = new byte[100];
    byte[] snappy = Snappy.compress(content);
    byte[] zstd = Zstd.compress(content);
    for (int claimed : new int[] {99, 101, 500_000_000}) {
      assertThatThrownBy(
              () ->
                  Decompressor.checkContent(
                      CompressionCodec.SNAPPY, snappy, 0, snappy.length, claimed))
          .hasMessageContaining("does not have the " + claimed + " bytes it claims");
      assertThatThrownBy(
              () -> Decompressor.checkContent(CompressionCodec.ZSTD, zstd, 0, zstd.length, claimed))
          .hasMessageContaining("does not have the " + claimed + " bytes it claims");
    }
    Decompressor.checkContent(CompressionCodec.SNAPPY, snappy, 0, snappy.length, 100);
    Decompressor.checkContent(CompressionCodec.ZSTD, zstd, 0, zstd.length, 100);
  }
}
