/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.BlockRanges;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the rows of a child file that are late ({@link SplitPlan#isLate}), stretch by stretch of
 * the file. For one thread.
 *
 * <p>First the ids of the rows above, from the root files down: a row is late if its parent is one
 * of them. Only columns of ids are read.
 */
@Internal
public final class LateRowReader implements Closeable {

  /** Rows of a stretch. */
  private static final int STRETCH = SliceCutter.MAX_ROWS;

  private static final int STEP = 8192;

  private final SplitPlan plan;
  private final PayloadType table;

  /** Ids of the rows that late rows belong to, sorted; null if the range of the plan tells them. */
  private final long[] parents;

  private final ParquetTableReader reader;
  private long stretch;
  private long bytesRead;

  private LateRowReader(InputFiles files, SplitPlan plan, long position) throws IOException {
    this.plan = plan;
    this.table = plan.root().table();
    this.parents = table.isShared() ? null : ids(files, table.parent(), plan.owned());
    this.stretch = position;
    this.reader = open(files, plan.root(), table, position * STRETCH);
  }

  /**
   * @param position stretches that were read before: what {@link #position} gave, or 0
   */
  public static LateRowReader open(
      Storage storage, SplitPlan plan, long position, SplitMemory memory) throws IOException {
    return new LateRowReader(memory.files(storage), plan, position);
  }

  /** The late rows of the next stretch that has some; null at the end. */
  public LateSlice next() throws IOException {
    try {
      while (reader.row() < plan.root().rows()) {
        LateSlice slice = nextStretch();
        if (slice != null) {
          return slice;
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      throw InputFiles.placed(e, plan.root());
    }
  }

  /** Stretches read so far, those before {@code position} included. */
  public long position() {
    return stretch;
  }

  /** Bytes read from files so far. */
  public long bytesRead() {
    return bytesRead + reader.bytesRead();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static ParquetTableReader open(
      InputFiles files, DataFile file, PayloadType table, long firstRow) throws IOException {
    SeekableInput in = files.open(file);
    try {
      ParquetFooter footer = files.footer(in, file);
      List<Column> columns = List.of(table.parentId());
      return ParquetTableReader.open(in, footer, table, columns, firstRow, file.rows());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw InputFiles.placed(e, file);
    }
  }

  private LateSlice nextStretch() throws IOException {
    long end = Math.min((stretch + 1) * STRETCH, plan.root().rows());
    long[] rows = new long[(int) (end - reader.row())];
    long[] parentIds = new long[rows.length];
    int count = 0;
    while (reader.row() < end) {
      long row = reader.row();
      OtapTable step = reader.next((int) (end - row));
      IntVector ids = (IntVector) step.vector(table.parentId());
      for (int i = 0; i < ids.length(); i++) {
        long id = Integer.toUnsignedLong(ids.get(i));
        if (isLate(id)) {
          rows[count] = row + i;
          parentIds[count++] = id;
        }
      }
    }
    CutHead head = new CutHead(plan.id(), plan.signal(), Math.toIntExact(stretch), CutHead.NO_TIME);
    stretch++;
    return count == 0
        ? null
        : new LateSlice(
            head,
            table,
            plan.root().path(),
            Arrays.copyOf(rows, count),
            Arrays.copyOf(parentIds, count));
  }

  private boolean isLate(long parent) {
    return plan.owned().meets(parent, parent) && (parents == null || contains(parents, parent));
  }

  /** Ids of the rows of a table that belong to root files of the plan, sorted. */
  private long[] ids(InputFiles files, PayloadType of, IdRange wanted) throws IOException {
    List<DataFile> inputs =
        plan.inputs().stream().filter(f -> f.table() == of && wanted.meets(f.ids())).toList();
    IdSet ids = new IdSet();
    if (of.isRoot()) {
      for (DataFile root : inputs) {
        readIds(files, root, wanted, null, ids);
      }
    } else if (!inputs.isEmpty()) {
      long[] above = ids(files, of.parent(), parentIds(inputs));
      for (DataFile input : inputs) {
        readIds(files, input, wanted, above, ids);
      }
    }
    return ids.sorted();
  }

  /** The range that the parents of all rows lie in. */
  private static IdRange parentIds(List<DataFile> files) {
    return new IdRange(
        files.stream().mapToLong(f -> f.parentIds().min()).min().orElseThrow(),
        files.stream().mapToLong(f -> f.parentIds().max()).max().orElseThrow());
  }

  /**
   * @param parents rows of others are left out; null for a root file
   */
  private void readIds(InputFiles files, DataFile file, IdRange wanted, long[] parents, IdSet found)
      throws IOException {
    PayloadType type = file.table();
    List<Column> columns =
        parents == null ? List.of(type.id()) : List.of(type.id(), type.parentId());
    try (ParquetTableReader rows = open(files, file, columns, wanted)) {
      for (OtapTable step = rows.next(STEP); step != null; step = rows.next(STEP)) {
        IntVector ids = (IntVector) step.vector(type.id());
        IntVector belongTo = parents == null ? null : (IntVector) step.vector(type.parentId());
        for (int i = 0; ids != null && i < ids.length(); i++) {
          long id = Integer.toUnsignedLong(ids.get(i));
          if (!ids.isNull(i)
              && wanted.meets(id, id)
              && (belongTo == null || contains(parents, Integer.toUnsignedLong(belongTo.get(i))))) {
            found.add(id);
          }
        }
      }
      bytesRead += rows.bytesRead();
    } catch (IOException | RuntimeException e) {
      throw InputFiles.placed(e, file);
    }
  }

  /** From the first block to the last that can have one of the ids. */
  private static ParquetTableReader open(
      InputFiles files, DataFile file, List<Column> columns, IdRange wanted) throws IOException {
    SeekableInput in = files.open(file);
    try {
      ParquetFooter footer = files.footer(in, file);
      BlockRanges blocks = BlockRanges.read(in, footer, file.table().id());
      int n = blocks.firstRow().length;
      long from = blocks.rows();
      long end = from;
      for (int b = n - 1; b >= 0; b--) {
        if (wanted.meets(blocks.min()[b], blocks.max()[b])) {
          end = from == blocks.rows() && b + 1 < n ? blocks.firstRow()[b + 1] : end;
          from = blocks.firstRow()[b];
        }
      }
      return ParquetTableReader.open(in, footer, file.table(), columns, from, end);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static boolean contains(long[] sorted, long id) {
    return Arrays.binarySearch(sorted, id) >= 0;
  }

  /** Ids in the order in which they were read. */
  private static final class IdSet {

    private long[] ids = new long[1024];
    private int size;

    void add(long id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      ids[size++] = id;
    }

    long[] sorted() {
      long[] sorted = Arrays.copyOf(ids, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
