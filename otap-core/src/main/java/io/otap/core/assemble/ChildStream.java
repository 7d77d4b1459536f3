/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.BlockRanges;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.storage.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The rows of a child table, file after file, from the first block on that can hold a wanted
 * parent. It knows, block by block, the smallest parent that is still to come: the table's
 * watermark.
 */
final class ChildStream implements Closeable {

  private static final int STEP = 8192;

  /**
   * A block of more bytes is not waited for as a whole: the parents of its rows are read before.
   */
  private static final long LARGE_BLOCK = 4L << 20;

  private final InputFiles inputs;
  private final PayloadType type;
  private final List<DataFile> files;
  private long from;
  private final long[] lowFromFile;
  private int next;
  private OpenFile open;

  /** What {@link #lowestId} told. */
  private long lowestId;

  private long bytesRead;
  private long undecidableValues;

  /**
   * @param files of one table, in the order of their ids
   * @param from smallest parent that is wanted
   */
  ChildStream(InputFiles inputs, PayloadType type, List<DataFile> files, long from) {
    this.inputs = inputs;
    this.type = type;
    this.files =
        files.stream().filter(f -> f.parentIds() != null && f.parentIds().max() >= from).toList();
    this.from = from;
    this.lowFromFile = new long[this.files.size() + 1];
    lowFromFile[this.files.size()] = Long.MAX_VALUE;
    for (int i = this.files.size() - 1; i >= 0; i--) {
      lowFromFile[i] = Math.min(lowFromFile[i + 1], this.files.get(i).parentIds().min());
    }
  }

  /** The smallest parent that a row still to come can have. */
  long watermark() throws IOException {
    return open == null ? lowFromFile[next] : Math.min(open.watermark(), lowFromFile[next]);
  }

  /** Leaves out what comes before the first page that can have one of these parents. */
  void jump(long parent) throws IOException {
    from = Math.max(from, parent);
    if (open != null && open.jump(parent)) {
      return;
    }
    if (open != null) {
      closeFile();
    }
    while (next < files.size() && files.get(next).parentIds().max() < parent) {
      next++;
    }
  }

  /** The smallest id that a row still to come can have. */
  long lowestId() throws IOException {
    if (open == null && next < files.size()) {
      open = new OpenFile(files.get(next++));
    }
    long lowest = open == null ? Long.MAX_VALUE : open.lowestId();
    for (DataFile file : files.subList(next, files.size())) {
      lowest = file.ids() == null ? lowest : Math.min(lowest, file.ids().min());
    }
    lowestId = lowest;
    return lowest;
  }

  /**
   * The next rows and their file, valid until the next call; only after {@link #watermark} told
   * that there are some.
   */
  Slice next() throws IOException {
    while (true) {
      if (open == null) {
        open = new OpenFile(files.get(next));
        next++;
      }
      OtapTable rows = open.next();
      if (rows != null) {
        return new Slice(open.file.path(), rows);
      }
      closeFile();
      if (next == files.size()) {
        return new Slice("", OtapTable.empty(type));
      }
    }
  }

  long bytesRead() {
    return bytesRead + (open == null ? 0 : open.reader.bytesRead());
  }

  /** Exemplars read so far whose value may be filler. */
  long undecidableValues() {
    return undecidableValues + (open == null ? 0 : open.reader.undecidableValues());
  }

  private void closeFile() throws IOException {
    bytesRead += open.reader.bytesRead();
    undecidableValues += open.reader.undecidableValues();
    OpenFile closing = open;
    open = null;
    closing.reader.close();
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      closeFile();
    }
  }

  private final class OpenFile {

    private final DataFile file;
    private final ParquetFooter footer;
    private SeekableInput in;
    private ParquetTableReader reader;
    private final long[] firstRow;
    private final long[] min;
    private final long[] max;
    private final long[] lowFromBlock;
    private final double bytesPerRow;
    private int block;

    /** Reads parents ahead of the rows, from the same input; null as long as no block is large. */
    private ParquetTableReader parents;

    /** The block of {@link #lowFromRow}. */
    private int large = -1;

    /** By row of a large block, the smallest parent from it on. */
    private long[] lowFromRow = {};

    OpenFile(DataFile file) throws IOException {
      this.file = file;
      this.in = inputs.open(file);
      try {
        footer = inputs.footer(in, file);
        BlockRanges ranges = BlockRanges.read(in, footer, type.parentId());
        int n = ranges.firstRow().length;
        firstRow = ranges.firstRow();
        min = ranges.min();
        max = ranges.max();
        lowFromBlock = new long[n + 1];
        lowFromBlock[n] = Long.MAX_VALUE;
        for (int b = n - 1; b >= 0; b--) {
          lowFromBlock[b] = Math.min(lowFromBlock[b + 1], ranges.min()[b]);
        }
        bytesPerRow = (double) footer.uncompressedBytes() / Math.max(1, footer.rows());
        while (block < n && ranges.max()[block] < from) {
          block++;
        }
        reader =
            ParquetTableReader.scan(
                in,
                footer,
                type,
                type.columns(),
                block == n ? ranges.rows() : firstRow[block],
                ranges.rows());
      } catch (IOException | RuntimeException e) {
        in.close();
        throw InputFiles.placed(e, file);
      }
    }

    /** False if no page has a parent from this one on. */
    boolean jump(long parent) throws IOException {
      int b = block;
      while (b < firstRow.length && max[b] < parent) {
        b++;
      }
      if (b == firstRow.length) {
        return false;
      }
      if (firstRow[b] - reader.row() >= JumpingReader.FAR) {
        bytesRead += reader.bytesRead();
        undecidableValues += reader.undecidableValues();
        reader.close();
        parents = null;
        large = -1;
        block = b;
        try {
          in = inputs.open(file);
          reader =
              ParquetTableReader.scan(in, footer, type, type.columns(), firstRow[b], file.rows());
        } catch (IOException | RuntimeException e) {
          throw InputFiles.placed(e, file);
        }
      }
      return true;
    }

    long watermark() throws IOException {
      while (block + 1 < firstRow.length && firstRow[block + 1] <= reader.row()) {
        block++;
      }
      if (reader.row() >= file.rows()) {
        return Long.MAX_VALUE;
      }
      if (bytesPerRow * (endRow(block) - firstRow[block]) <= LARGE_BLOCK) {
        return lowFromBlock[block];
      }
      if (large != block) {
        readParents();
      }
      return lowFromRow[(int) (reader.row() - firstRow[block])];
    }

    private long endRow(int block) {
      return block + 1 < firstRow.length ? firstRow[block + 1] : file.rows();
    }

    private void readParents() throws IOException {
      try {
        int n = Math.toIntExact(endRow(block) - firstRow[block]);
        lowFromRow = new long[n];
        if (parents == null || parents.row() != firstRow[block]) {
          parents =
              ParquetTableReader.scan(
                  in, footer, type, List.of(type.parentId()), firstRow[block], file.rows());
        }
        for (int at = 0; at < n; ) {
          IntVector step = (IntVector) parents.next(Math.min(STEP, n - at)).vector(type.parentId());
          for (int i = 0; i < step.length(); i++) {
            lowFromRow[at++] = Integer.toUnsignedLong(step.get(i));
          }
        }
        long lowest = lowFromBlock[block + 1];
        for (int i = n - 1; i >= 0; i--) {
          lowest = Math.min(lowest, lowFromRow[i]);
          lowFromRow[i] = lowest;
        }
        large = block;
      } catch (IOException | RuntimeException e) {
        throw InputFiles.placed(e, file);
      }
    }

    long lowestId() throws IOException {
      try {
        BlockRanges ids = BlockRanges.read(in, footer, type.id());
        long lowest = Long.MAX_VALUE;
        for (int b = ids.firstRow().length - 1; b >= 0; b--) {
          lowest = Math.min(lowest, ids.min()[b]);
          if (ids.firstRow()[b] <= reader.row()) {
            break;
          }
        }
        return lowest;
      } catch (IOException e) {
        throw InputFiles.placed(e, file);
      }
    }

    OtapTable next() throws IOException {
      try {
        long row = reader.row();
        OtapTable rows = reader.next(STEP);
        if (rows != null) {
          checkParents((IntVector) rows.vector(type.parentId()), row);
          if (lowestId > 0) {
            checkIds((IntVector) rows.vector(type.id()), row);
          }
        }
        return rows;
      } catch (IOException | RuntimeException e) {
        throw InputFiles.placed(e, file);
      }
    }

    /** Parents outside the ranges that the watermark relies on would be lost without a word. */
    private void checkParents(IntVector parents, long row) throws OtapException {
      int b = block;
      for (int from = 0, to; from < parents.length(); from = to) {
        while (b + 1 < firstRow.length && firstRow[b + 1] <= row + from) {
          b++;
        }
        to = (int) Math.min(parents.length(), endRow(b) - row);
        checkParents(parents, from, to, row, b);
      }
    }

    /** The same for rows of one block. */
    /** Whether all ids lie between two that are at most 2^31 - 1. */
    private static boolean lieIn(int[] ids, int from, int to, int min, int max) {
      int outside = 0;
      for (int i = from; i < to; i++) {
        outside |= ids[i] | ids[i] - min | max - ids[i];
      }
      return outside >= 0;
    }

    private void checkParents(IntVector parents, int from, int to, long row, int block)
        throws OtapException {
      if (max[block] <= Integer.MAX_VALUE
          && lieIn(parents.values(), from, to, (int) min[block], (int) max[block])) {
        return;
      }
      for (int i = from; i < to; i++) {
        long parent = Integer.toUnsignedLong(parents.get(i));
        if (parent < min[block] || parent > max[block]) {
          throw BlockRanges.contradiction(parent)
              .at(Place.row(type.folder(), file.path(), type.parentId().path(), row + i));
        }
      }
    }

    private void checkIds(IntVector ids, long row) throws OtapException {
      for (int i = 0; ids != null && i < ids.length(); i++) {
        long id = Integer.toUnsignedLong(ids.get(i));
        if (id < lowestId && !ids.isNull(i)) {
          throw BlockRanges.contradiction(id)
              .at(Place.row(type.folder(), file.path(), type.id().path(), row + i));
        }
      }
    }
  }
}
