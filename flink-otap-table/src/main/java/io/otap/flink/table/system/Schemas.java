/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** The different schemas of the files of each table. */
final class Schemas {

  /** Bytes of a digest that tell schemas apart. */
  private static final int FINGERPRINT = 8;

  private Schemas() {}

  private record Key(PayloadType table, List<String> leaves) {}

  private record Range(String first, String last, long files) {}

  static List<RowData> rows(Storage storage, String base) throws IOException {
    OtapTree tree = OtapTree.list(storage, base);
    List<DataFile> files = new ArrayList<>(tree.files());
    files.sort(
        Comparator.comparing(DataFile::table)
            .thenComparing(file -> tree.modified().get(file.path()))
            .thenComparing(DataFile::path));
    Map<Key, Range> ranges = new LinkedHashMap<>();
    for (DataFile file : files) {
      try (SeekableInput in = storage.open(file.path())) {
        List<String> leaves = ParquetFooter.read(in, file.path()).schema();
        ranges.merge(
            new Key(file.table(), leaves),
            new Range(file.path(), file.path(), 1),
            (before, now) -> new Range(before.first, now.last, before.files + 1));
      }
    }
    List<RowData> rows = new ArrayList<>();
    ranges.forEach((key, range) -> rows.add(row(key, range)));
    return rows;
  }

  private static RowData row(Key key, Range range) {
    return GenericRowData.of(
        StringData.fromString(key.table.folder()),
        StringData.fromString(fingerprint(key.leaves)),
        new GenericArrayData(key.leaves.stream().map(Schemas::column).toArray()),
        range.files,
        StringData.fromString(range.first),
        StringData.fromString(range.last));
  }

  /** A leaf is told as {@code path: type repetition}. */
  private static RowData column(String leaf) {
    int colon = leaf.indexOf(": ");
    return GenericRowData.of(
        StringData.fromString(leaf.substring(0, colon)),
        StringData.fromString(leaf.substring(colon + 2)));
  }

  private static String fingerprint(List<String> leaves) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(String.join("\n", leaves).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
