/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.EngineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Writes requests as today's exporter of the engine does, with its defects: one sequence of offsets
 * for all signals, nested ids that stay local, null ids of logs without attributes, what {@link
 * EngineFile} does to values, and unfinished files with their temporary names. Files roll by rows,
 * each table on its own; where the exporter would die of a batch that does not match the open file,
 * a new file begins.
 */
public final class EngineExporter {

  private final Path base;
  private final Random random;
  private final String partition;
  private final int rowsPerFile;
  private final boolean transportOrder;
  private final Map<PayloadType, EngineFile> open = new EnumMap<>(PayloadType.class);
  private final Map<PayloadType, Long> opened = new EnumMap<>(PayloadType.class);
  private long clock = 1_790_000_000_000L;
  private long offset;

  /**
   * @param rowsPerFile rows from which on a file is closed
   * @param transportOrder whether child rows come as senders of OTAP sort them, else as in the
   *     request
   */
  public EngineExporter(Path base, Random random, int rowsPerFile, boolean transportOrder) {
    this.base = base;
    this.random = random;
    this.partition = new UUID(random.nextLong(), random.nextLong()).toString();
    this.rowsPerFile = rowsPerFile;
    this.transportOrder = transportOrder;
  }

  public void export(MessageLite request) throws IOException {
    Map<PayloadType, OtapTable> tables = EngineBatch.of(request);
    long largest = 0;
    for (OtapTable table : tables.values()) {
      largest = Math.max(largest, largestId(table));
    }
    for (OtapTable table : tables.values()) {
      append(moved(transportOrder ? sorted(table) : table));
    }
    offset += largest + 1;
    clock += 1 + random.nextInt(1000);
  }

  /** Closes what is open, as at shutdown. */
  public void finish() throws IOException {
    for (PayloadType type : List.copyOf(open.keySet())) {
      close(type);
    }
  }

  private static long largestId(OtapTable table) {
    Column column = table.type().id();
    long largest = 0;
    for (int row = 0; column != null && row < table.rows(); row++) {
      largest = Math.max(largest, Cells.id((IntVector) table.vector(column), row));
    }
    return largest;
  }

  private OtapTable moved(OtapTable table) {
    OtapTable out = table;
    for (Column column : Arrays.asList(table.type().id(), table.type().parentId())) {
      if (column != null && table.vector(column) != null) {
        out = out.with(column, EngineBatch.move(table, column, (int) offset));
      }
    }
    return out;
  }

  private void append(OtapTable table) throws IOException {
    PayloadType type = table.type();
    EngineFile file = open.get(type);
    if (file != null && !file.accepts(table)) {
      close(type);
      file = null;
    }
    if (file == null) {
      file = new EngineFile(type, table, random);
      open.put(type, file);
      opened.put(type, clock);
    }
    file.add(table);
    if (file.rows() >= rowsPerFile) {
      close(type);
    }
  }

  private void close(PayloadType type) throws IOException {
    Path folder = base.resolve(type.folder()).resolve("_part_id=" + partition);
    Files.createDirectories(folder);
    String name = "part-" + opened.get(type) + "-" + UUID.randomUUID() + ".parquet";
    byte[] bytes = open.remove(type).finish(random);
    Files.write(folder.resolve(name), bytes);
    if (random.nextInt(4) == 0) {
      Files.write(folder.resolve(name + "#1"), Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  /** The order of transport: attributes by type, key, value and parent; others by name. */
  private static OtapTable sorted(OtapTable table) {
    PayloadType type = table.type();
    if (type.isRoot() || type.isShared()) {
      return table;
    }
    Comparator<Integer> order = (a, b) -> 0;
    if (type.isAttributes()) {
      ByteVector types = table.byteVector("type");
      order = Comparator.comparingInt(row -> types.get(row));
      order = order.thenComparing(bytes(table, "key"));
      for (String path : List.of("str", "ser")) {
        order = order.thenComparing(bytes(table, path));
      }
    } else if (type.has("name")) {
      order = bytes(table, "name");
    }
    IntVector parents = table.intVector("parent_id");
    int[] rows =
        IntStream.range(0, table.rows())
            .boxed()
            .sorted(order.thenComparingInt(row -> parents.get(row)))
            .mapToInt(row -> row)
            .toArray();
    return table.gather(rows, 0, rows.length);
  }

  private static Comparator<Integer> bytes(OtapTable table, String path) {
    Vector vector = table.vector(table.type().column(path));
    return vector == null
        ? (a, b) -> 0
        : (a, b) ->
            Arrays.compareUnsigned(
                ((BinaryVector) vector).bytes(a), ((BinaryVector) vector).bytes(b));
  }
}
