/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * What a file tells of the values of a column without reading them: page by page where it has an
 * index, else row group by row group.
 *
 * <p>The bounds of ids that have a length in front in their pages are those of the ids themselves,
 * with the right number of bytes (ENGINE-OBSERVED 4); others are not believed. Nor are bounds of
 * strings in a file that does not say in which order they are.
 *
 * @param blocks in the order of their rows, all rows of the file
 */
@Internal
public record ColumnBounds(List<Block> blocks) {

  /**
   * @param firstRow first row of the file
   * @param endRow row behind the last
   * @param values whether there may be values
   * @param nulls whether there may be nulls
   * @param numbers smallest and largest value of a column of whole numbers; null if not known
   * @param binaries bounds of the values of any other column, in the order of unsigned bytes, not
   *     necessarily values themselves; null if not known
   */
  public record Block(
      long firstRow,
      long endRow,
      boolean values,
      boolean nulls,
      long[] numbers,
      byte[][] binaries) {}

  public ColumnBounds {
    blocks = List.copyOf(blocks);
  }

  /**
   * @throws OtapException of kind CORRUPT if index and footer contradict each other
   */
  public static ColumnBounds read(SeekableInput in, ParquetFooter footer, Column column)
      throws IOException {
    Leaf leaf = footer.leaf(column.path());
    List<Block> blocks = new ArrayList<>();
    long start = 0;
    try {
      PageFile file = new PageFile(in, footer);
      for (int group = 0; group < footer.rowGroups(); group++) {
        long end = start + footer.rows(group);
        if (start < end && leaf == null) {
          blocks.add(nulls(start, end));
        } else if (start < end) {
          read(file, footer, footer.chunk(group, leaf), leaf, start, end, blocks);
        }
        start = end;
      }
    } catch (IOException | RuntimeException e) {
      throw Explain.at(e, new Place(null, null, footer.file(), column.path(), -1));
    }
    return new ColumnBounds(blocks);
  }

  private static void read(
      PageFile in,
      ParquetFooter footer,
      ColumnChunk chunk,
      Leaf leaf,
      long start,
      long end,
      List<Block> blocks)
      throws IOException {
    if (!IntegerStatistics.hasValues(chunk.getMeta_data())) {
      blocks.add(nulls(start, end));
      return;
    }
    List<PageLocation> pages = PageIndex.locations(in, chunk, end - start);
    ColumnIndex index = pages == null ? null : PageIndex.values(in, chunk, pages.size());
    Block whole = whole(footer, chunk.getMeta_data(), leaf, start, end);
    if (index == null) {
      blocks.add(whole);
      return;
    }
    for (int i = 0; i < pages.size(); i++) {
      long first = start + pages.get(i).getFirst_row_index();
      long behind = i + 1 < pages.size() ? start + pages.get(i + 1).getFirst_row_index() : end;
      if (index.getNull_pages().get(i)) {
        blocks.add(nulls(first, behind));
        continue;
      }
      ByteBuffer min = index.getMin_values().get(i);
      ByteBuffer max = index.getMax_values().get(i);
      boolean nulls =
          !leaf.isRequired() && (!index.isSetNull_counts() || index.getNull_counts().get(i) > 0);
      long[] numbers = IntegerStatistics.range(leaf, min.duplicate(), max.duplicate());
      requireWithin(numbers, whole.numbers);
      blocks.add(new Block(first, behind, true, nulls, numbers, binaries(footer, leaf, min, max)));
    }
  }

  private static void requireWithin(long[] page, long[] whole) throws OtapException {
    if (page != null && whole != null && (page[0] < whole[0] || page[1] > whole[1])) {
      throw OtapException.of(
          CORRUPT,
          "the index of a page tells values from "
              + page[0]
              + " to "
              + page[1]
              + ", the footer from "
              + whole[0]
              + " to "
              + whole[1]
              + " for the whole column chunk; copy the file again");
    }
  }

  private static Block whole(
      ParquetFooter footer, ColumnMetaData chunk, Leaf leaf, long start, long end) {
    Statistics statistics = chunk.getStatistics();
    boolean bounded =
        statistics != null && statistics.isSetMin_value() && statistics.isSetMax_value();
    return new Block(
        start,
        end,
        true,
        !leaf.isRequired()
            && (statistics == null
                || !statistics.isSetNull_count()
                || statistics.getNull_count() > 0),
        IntegerStatistics.range(leaf, chunk),
        bounded
            ? binaries(
                footer,
                leaf,
                ByteBuffer.wrap(statistics.getMin_value()),
                ByteBuffer.wrap(statistics.getMax_value()))
            : null);
  }

  private static Block nulls(long start, long end) {
    return new Block(start, end, false, true, null, null);
  }

  private static byte[][] binaries(
      ParquetFooter footer, Leaf leaf, ByteBuffer min, ByteBuffer max) {
    boolean fixed = leaf.type() == Type.FIXED_LEN_BYTE_ARRAY;
    if (!footer.hasTypeOrder(leaf) || !fixed && leaf.type() != Type.BYTE_ARRAY) {
      return null;
    }
    byte[] low = bytes(min);
    byte[] high = bytes(max);
    boolean whole = !fixed || low.length == leaf.length() && high.length == leaf.length();
    return whole && Arrays.compareUnsigned(low, high) <= 0 ? new byte[][] {low, high} : null;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
