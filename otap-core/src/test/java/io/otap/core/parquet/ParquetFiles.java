/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.TestData;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Parquet files of the recorded sets, and files from bytes. */
final class ParquetFiles {

  /** A file of a set, with its table. */
  record Recorded(PayloadType type, Path path) {

    ParquetFooter footer() throws IOException {
      try (SeekableInput in = new LocalStorage().open(path.toString())) {
        return ParquetFooter.read(in, path.toString());
      }
    }

    ParquetTableReader open(long firstRow, long endRow) throws IOException {
      SeekableInput in = new LocalStorage().open(path.toString());
      return ParquetTableReader.open(in, footer(), type, type.columns(), firstRow, endRow);
    }
  }

  /** Bytes as a file. */
  record Bytes(byte[] bytes) implements SeekableInput {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) {
      System.arraycopy(bytes, Math.toIntExact(position), buffer, offset, length);
    }

    @Override
    public void close() {}
  }

  private ParquetFiles() {}

  static List<Recorded> all() throws IOException {
    List<Recorded> files = new ArrayList<>();
    for (String set : TestData.sets()) {
      files.addAll(of(set));
    }
    return files;
  }

  static List<Recorded> of(String set) throws IOException {
    try (Stream<Path> paths = Files.walk(TestData.parquet(set))) {
      return paths
          .filter(p -> p.toString().endsWith(".parquet"))
          .sorted()
          .map(p -> new Recorded(table(set, p), p))
          .toList();
    }
  }

  static Recorded of(String set, PayloadType type) throws IOException {
    return of(set).stream().filter(f -> f.type() == type).findFirst().orElseThrow();
  }

  private static PayloadType table(String set, Path path) {
    return PayloadType.ofFolder(TestData.parquet(set).relativize(path).getName(0).toString());
  }

  /** All tables of a file that is given as bytes. */
  static List<OtapTable> read(
      byte[] bytes, PayloadType type, Collection<Column> columns, int step, long first, long end)
      throws IOException {
    ParquetFooter footer = ParquetFooter.read(new Bytes(bytes), "memory");
    List<OtapTable> tables = new ArrayList<>();
    try (ParquetTableReader reader =
        ParquetTableReader.open(new Bytes(bytes), footer, type, columns, first, end)) {
      for (OtapTable table = reader.next(step); table != null; table = reader.next(step)) {
        tables.add(table);
      }
    }
    return tables;
  }
}
