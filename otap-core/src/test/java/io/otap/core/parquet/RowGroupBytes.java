/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;

/**
 * Where the data of a row group lies in its file.
 *
 * @param start position of the first byte
 * @param end position behind the last
 */
public record RowGroupBytes(long start, long end) {

  public static List<RowGroupBytes> of(Path file) throws IOException {
    try (SeekableInput in = new LocalStorage().open(file.toString())) {
      ParquetFooter footer = ParquetFooter.read(in, file.toString());
      List<RowGroupBytes> groups = new ArrayList<>();
      for (int group = 0; group < footer.rowGroups(); group++) {
        long start = Long.MAX_VALUE;
        long end = 0;
        for (String leaf : footer.schema()) {
          ColumnChunk chunk =
              footer.chunk(group, footer.leaf(leaf.substring(0, leaf.indexOf(':'))));
          ColumnMetaData meta = chunk.getMeta_data();
          start = Math.min(start, FooterCheck.start(meta));
          end = Math.max(end, FooterCheck.start(meta) + meta.getTotal_compressed_size());
        }
        groups.add(new RowGroupBytes(start, end));
      }
      return groups;
    }
  }

  /** Whether bytes of the group are among these. */
  public boolean meets(long from, long to) {
    return from < end && start < to;
  }
}
