/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.FooterKeys;
import io.otap.core.parquet.ParquetTableWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes batches of any signals as a tree of Parquet files in the layout of the engine's exporter,
 * {@code <table>/_part_id=<uuid>/part-<milliseconds>-<uuid>.parquet}, but complete: every column of
 * the model is there, fixed-length values have no length in front, child rows lie in the order of
 * their parents, and all ids count in the whole partition. Rows that belong together are found by
 * {@code id = parent_id}, resources by {@code resource.id = resource_attrs.parent_id}, scopes by
 * {@code scope.id = scope_attrs.parent_id}; the footer says so with {@code otap.nested-ids=global}.
 *
 * <p>All files are closed together, between two batches, and published children first, so that a
 * reader never sees a record without its attributes. A partition ends when its 32-bit ids do. For
 * one thread.
 */
@PublicEvolving
public final class OtapParquetWriter implements Closeable {

  private static final Map<String, String> FOOTER =
      Map.of(FooterKeys.NESTED_IDS, FooterKeys.NESTED_IDS_GLOBAL);

  /** The deepest tables first; roots last. */
  private static final Comparator<PayloadType> CHILDREN_FIRST =
      Comparator.comparingInt(PayloadType::level).reversed().thenComparing(t -> t);

  private record OpenFile(ExportTarget.PendingFile pending, ParquetTableWriter writer) {}

  private final ExportTarget target;
  private final ExportOptions options;
  private final Map<PayloadType, OpenFile> open = new EnumMap<>(PayloadType.class);
  private IdSequence ids = new IdSequence();
  private String partition = UUID.randomUUID().toString();

  public OtapParquetWriter(ExportTarget target, ExportOptions options) {
    this.target = target;
    this.options = options;
  }

  /** The {@code _part_id} of the next batch. */
  public String partition() {
    return partition;
  }

  /** Appends a batch; closes and publishes the files if they are large enough. */
  public void write(OtapBatch batch) throws IOException {
    if (!ids.fits(batch)) {
      roll();
      ids = new IdSequence();
      partition = UUID.randomUUID().toString();
    }
    long first = ids.take(batch);
    boolean full = false;
    for (OtapTable table : batch.tables()) {
      if (table.rows() > 0) {
        ParquetTableWriter writer = writer(table.type());
        writer.write(ParentOrder.of(IdSequence.move(table, first)));
        full |= writer.rows() >= options.rowsPerFile();
      }
    }
    if (full) {
      roll();
    }
  }

  /** Bytes of the open files. */
  public long bytes() {
    return open.values().stream().mapToLong(file -> file.writer.bytes()).sum();
  }

  /** Completes all open files, then publishes them. The next batch begins new ones. */
  public void roll() throws IOException {
    for (OpenFile file : open.values()) {
      file.writer.finish();
    }
    List<PayloadType> order = open.keySet().stream().sorted(CHILDREN_FIRST).toList();
    for (PayloadType table : order) {
      open.get(table).pending.publish();
      open.remove(table);
    }
  }

  /** Gives up the open files. */
  public void discard() throws IOException {
    IOException failed = null;
    for (OpenFile file : open.values()) {
      try {
        file.pending.discard();
      } catch (IOException e) {
        failed = e;
      }
    }
    open.clear();
    if (failed != null) {
      throw failed;
    }
  }

  /** Gives up what was not published by {@link #roll}. */
  @Override
  public void close() throws IOException {
    discard();
  }

  private ParquetTableWriter writer(PayloadType table) throws IOException {
    OpenFile file = open.get(table);
    if (file == null) {
      ExportTarget.PendingFile pending = target.create(path(table));
      file =
          new OpenFile(
              pending, new ParquetTableWriter(pending.stream(), table, options.files(), FOOTER));
      open.put(table, file);
    }
    return file.writer;
  }

  private String path(PayloadType table) {
    return table.folder()
        + "/_part_id="
        + partition
        + "/part-"
        + System.currentTimeMillis()
        + "-"
        + UUID.randomUUID()
        + ".parquet";
  }
}
