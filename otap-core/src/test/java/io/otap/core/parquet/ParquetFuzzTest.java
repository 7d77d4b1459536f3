/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.FooterEdit;
import io.otap.core.Fuzzing;
import io.otap.core.Mutation;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged files, of the engine and of Apache's writers, one at a time. */
@Timeout(3600)
class ParquetFuzzTest {

  private record Sample(PayloadType type, byte[] bytes) {

    int footerStart() {
      return FooterEdit.start(bytes);
    }
  }

  private static List<Sample> samples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String set : List.of("logs-small", "logs-multi", "metrics", "traces", "logs-via-otap")) {
      for (ParquetFiles.Recorded file : ParquetFiles.of(set)) {
        samples.add(new Sample(file.type(), Files.readAllBytes(file.path())));
      }
    }
    int seed = 1;
    for (CompressionCodec codec :
        List.of(
            CompressionCodec.UNCOMPRESSED,
            CompressionCodec.SNAPPY,
            CompressionCodec.ZSTD,
            CompressionCodec.GZIP,
            CompressionCodec.LZ4_RAW)) {
      for (String kind : List.of("plain", "dictionary", "split", "mixed")) {
        for (PayloadType type : List.of(PayloadType.LOGS, PayloadType.EXP_HISTOGRAM_DATA_POINTS)) {
          WriterVersion version =
              seed % 2 == 0 ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
          samples.add(
              new Sample(
                  type,
                  new RandomTable(type, seed++)
                      .write(
                          EncodingsTest.properties(version, kind), codec, seed % 3 > 0, 60, 50)));
        }
      }
    }
    return samples;
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    List<Sample> samples = samples();
    new Fuzzing("Parquet files", 32L << 20, 64)
        .run(
            0.7,
            random -> {
              Sample sample = samples.get(random.nextInt(samples.size()));
              byte[] file =
                  switch (random.nextInt(5)) {
                    case 0 -> Mutation.flip(sample.bytes, random);
                    case 1 -> Mutation.damage(sample.bytes, 0, sample.bytes.length, random);
                    case 2 -> Mutation.damage(sample.bytes, 0, sample.footerStart(), random);
                    case 3 ->
                        Mutation.damage(
                            sample.bytes, sample.footerStart(), sample.bytes.length, random);
                    default -> contradicting(sample, random);
                  };
              read(file, sample.type, random);
              return file.length;
            });
  }

  private static void read(byte[] file, PayloadType type, Random random) throws IOException {
    SeekableInput in = new ParquetFiles.Bytes(file);
    ParquetFooter footer = ParquetFooter.read(in, "memory");
    for (Column column : type.columns()) {
      footer.range(column.path());
      footer.hasValues(column.path());
    }
    footer.unknownColumns(type);
    for (Column ids : Arrays.asList(type.id(), type.parentId())) {
      if (ids != null) {
        BlockRanges.read(in, footer, ids);
      }
    }
    int step = 1 + random.nextInt(3000);
    try (ParquetTableReader reader =
        ParquetTableReader.open(in, footer, type, type.columns(), random.nextInt(40), 100_000)) {
      for (OtapTable rows = reader.next(step); rows != null; rows = reader.next(step)) {
        for (Column column : type.columns()) {
          Values.of(List.of(rows), column);
        }
      }
    }
  }

  /** A file with a footer that is well-formed but says other numbers. */
  private static byte[] contradicting(Sample sample, Random random) throws IOException {
    return FooterEdit.edit(sample.bytes, meta -> contradict(meta, random));
  }

  private static void contradict(FileMetaData meta, Random random) {
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      List<RowGroup> groups = meta.getRow_groups();
      RowGroup group = groups.get(random.nextInt(groups.size()));
      if (group.getColumns().isEmpty()) {
        continue;
      }
      ColumnChunk chunk = group.getColumns().get(random.nextInt(group.getColumnsSize()));
      ColumnMetaData data = chunk.getMeta_data();
      SchemaElement element = meta.getSchema().get(random.nextInt(meta.getSchemaSize()));
      switch (random.nextInt(14)) {
        case 0 -> rows(meta, group, wild(random, group.getNum_rows()));
        case 1 -> data.setNum_values(wild(random, data.getNum_values()));
        case 2 -> data.setTotal_compressed_size(wild(random, data.getTotal_compressed_size()));
        case 3 -> data.setTotal_uncompressed_size(wild(random, data.getTotal_uncompressed_size()));
        case 4 -> data.setData_page_offset(wild(random, data.getData_page_offset()));
        case 5 -> data.setDictionary_page_offset(wild(random, data.getData_page_offset()));
        case 6 -> chunk.setOffset_index_offset(wild(random, chunk.getOffset_index_offset()));
        case 7 -> chunk.setOffset_index_length((int) wild(random, chunk.getOffset_index_length()));
        case 8 -> chunk.setColumn_index_offset(wild(random, chunk.getColumn_index_offset()));
        case 9 -> chunk.setColumn_index_length((int) wild(random, chunk.getColumn_index_length()));
        case 10 -> data.setCodec(CompressionCodec.values()[random.nextInt(8)]);
        case 11 -> {
          if (element.isSetType()) {
            element.setType(Type.values()[random.nextInt(Type.values().length)]);
            element.setType_length(random.nextInt(20));
          } else {
            element.setNum_children(random.nextInt(6));
          }
        }
        case 12 -> {
          if (element.isSetRepetition_type()) {
            element.setRepetition_type(FieldRepetitionType.values()[random.nextInt(3)]);
          }
        }
        default -> group.getColumns().remove(chunk);
      }
    }
  }

  /** Rows everywhere, so that the footer at least agrees with itself. */
  private static void rows(FileMetaData meta, RowGroup group, long rows) {
    meta.setNum_rows(meta.getNum_rows() - group.getNum_rows() + rows);
    group.setNum_rows(rows);
    group.getColumns().forEach(chunk -> chunk.getMeta_data().setNum_values(rows));
  }

  private static long wild(Random random, long value) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> value + 1;
      case 3 -> value - 1;
      case 4 -> value * 2;
      case 5 -> Integer.MAX_VALUE;
      case 6 -> Long.MAX_VALUE;
      default -> random.nextInt(1 << 16);
    };
  }
}
