/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.BlockRanges;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells rows without a parent from rows of another split. A row below the first level whose parent
 * the split did not route belongs to another split if any row of the parent table has that id; if
 * none has, it is an orphan of the split whose range of ids its {@code parent_id} lies in.
 */
final class LostChildren {

  private static final int STEP = 8192;

  private LostChildren() {}

  static void count(
      InputFiles inputs,
      PayloadType type,
      List<DataFile> parentFiles,
      List<Slice> waiting,
      long from,
      long to,
      SliceSink sink)
      throws IOException {
    long[] wanted = wanted(type, waiting, from, to);
    boolean[] found = new boolean[wanted.length];
    if (wanted.length == 0) {
      return;
    }
    for (DataFile file : parentFiles) {
      if (file.ids() != null && file.ids().meets(wanted[0], wanted[wanted.length - 1])) {
        find(inputs, file, wanted, found);
      }
    }
    for (Slice slice : waiting) {
      IntVector parents = (IntVector) slice.rows().vector(type.parentId());
      long[] orphans = new long[parents.length()];
      int count = 0;
      for (int i = 0; i < parents.length(); i++) {
        int k = Arrays.binarySearch(wanted, Integer.toUnsignedLong(parents.get(i)));
        if (k >= 0 && !found[k]) {
          orphans[count++] = wanted[k];
        }
      }
      if (count > 0) {
        sink.orphans(new OrphanRows(type, slice.file(), Arrays.copyOf(orphans, count)));
      }
    }
  }

  private static long[] wanted(PayloadType type, List<Slice> waiting, long from, long to) {
    return waiting.stream()
        .flatMapToLong(
            slice ->
                Arrays.stream(((IntVector) slice.rows().vector(type.parentId())).values())
                    .limit(slice.rows().rows())
                    .mapToLong(Integer::toUnsignedLong))
        .filter(id -> from <= id && id < to)
        .sorted()
        .distinct()
        .toArray();
  }

  private static void find(InputFiles inputs, DataFile file, long[] wanted, boolean[] found)
      throws IOException {
    var column = file.table().id();
    try (var in = inputs.open(file)) {
      ParquetFooter footer = inputs.footer(in, file);
      BlockRanges blocks = BlockRanges.read(in, footer, column);
      int n = blocks.firstRow().length;
      for (int b = 0; b < n; b++) {
        int at = Arrays.binarySearch(wanted, blocks.min()[b]);
        int next = at < 0 ? -at - 1 : at;
        if (next == wanted.length || wanted[next] > blocks.max()[b]) {
          continue;
        }
        long end = b + 1 < n ? blocks.firstRow()[b + 1] : blocks.rows();
        try (ParquetTableReader reader =
            ParquetTableReader.scan(
                inputs.open(file),
                footer,
                file.table(),
                List.of(column),
                blocks.firstRow()[b],
                end)) {
          for (OtapTable rows = reader.next(STEP); rows != null; rows = reader.next(STEP)) {
            mark((IntVector) rows.vector(column), wanted, found);
          }
        }
      }
    } catch (IOException e) {
      throw InputFiles.placed(e, file);
    }
  }

  private static void mark(IntVector ids, long[] wanted, boolean[] found) {
    for (int i = 0; ids != null && i < ids.length(); i++) {
      int k = ids.isNull(i) ? -1 : Arrays.binarySearch(wanted, Integer.toUnsignedLong(ids.get(i)));
      if (k >= 0) {
        found[k] = true;
      }
    }
  }
}
