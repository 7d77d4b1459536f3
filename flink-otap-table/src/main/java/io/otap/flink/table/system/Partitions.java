/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.system;

import io.otap.core.model.PayloadType;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** What each table of each partition has. */
final class Partitions {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private Partitions() {}

  static List<RowData> rows(Storage storage, String base) throws IOException {
    Map<String, Map<PayloadType, List<DataFile>>> files =
        OtapTree.list(storage, base).files().stream()
            .collect(
                Collectors.groupingBy(
                    DataFile::partition,
                    TreeMap::new,
                    Collectors.groupingBy(
                        DataFile::table,
                        () -> new TreeMap<>(Comparator.naturalOrder()),
                        Collectors.toList())));
    List<RowData> rows = new ArrayList<>();
    files.forEach(
        (partition, tables) ->
            tables.forEach((table, ofTable) -> rows.add(row(partition, table, ofTable))));
    return rows;
  }

  private static RowData row(String partition, PayloadType table, List<DataFile> files) {
    return GenericRowData.of(
        partition.isEmpty() ? null : StringData.fromString(partition),
        StringData.fromString(table.folder()),
        (long) files.size(),
        files.stream().mapToLong(DataFile::rows).sum(),
        files.stream().mapToLong(DataFile::length).sum(),
        time(times(files).min().orElse(0)),
        time(
            files.stream()
                .filter(Partitions::timed)
                .mapToLong(f -> f.times().max())
                .max()
                .orElse(0)));
  }

  private static LongStream times(List<DataFile> files) {
    return files.stream().filter(Partitions::timed).mapToLong(f -> f.times().min());
  }

  private static boolean timed(DataFile file) {
    return file.rows() > 0 && file.times() != null;
  }

  /** None where statistics do not tell, or where the record says that it has none. */
  private static TimestampData time(long nanos) {
    return nanos <= 0 || nanos == Long.MAX_VALUE
        ? null
        : TimestampData.fromEpochMillis(nanos / NANOS_PER_MILLI, (int) (nanos % NANOS_PER_MILLI));
  }
}
