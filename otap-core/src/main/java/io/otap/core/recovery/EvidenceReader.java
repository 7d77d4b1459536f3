/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads from the files what the algorithm needs, and only those columns. */
@Internal
final class EvidenceReader {

  private static final String PART_ID = "_part_id";

  private final EvidenceFiles files;

  EvidenceReader(EvidenceFiles files) {
    this.files = files;
  }

  /**
   * All tables of the sequence.
   *
   * @throws OtapException of kind PARTITION if the root files are of several sequences
   *     (docs/RECOVERY.md 2, F3)
   */
  Evidence read() throws IOException {
    Map<Signal, RootRows> roots = new EnumMap<>(Signal.class);
    DataFile known = null;
    String sequence = null;
    for (Signal signal : Signal.values()) {
      List<DataFile> rootFiles = files.of(signal.root());
      for (DataFile file : rootFiles) {
        String found = files.footer(file).arrowMetadata(PART_ID);
        if (found != null && sequence != null && !found.equals(sequence)) {
          throw severalSequences(known, file);
        }
        known = found == null ? known : file;
        sequence = found == null ? sequence : found;
      }
      if (!rootFiles.isEmpty()) {
        roots.put(signal, roots(rootFiles));
      }
    }
    Zones rootIds = Evidence.ids(roots.values());
    return new Evidence(
        roots,
        rootIds,
        children(rootIds),
        sets(PayloadType.RESOURCE_ATTRS),
        sets(PayloadType.SCOPE_ATTRS),
        files.complete());
  }

  private static OtapException severalSequences(DataFile one, DataFile other) {
    return OtapException.of(
            OtapErrorKind.PARTITION,
            "the file is of another exporter process or core than "
                + one.path()
                + " (_part_id of the schema), but in the same folder; partition the exporter's"
                + " output by _part_id, or put each _part_id into a tree of its own")
        .at(new Place(other.partition(), other.table().folder(), other.path(), PART_ID, -1));
  }

  /** The rows of a root table's files. */
  RootRows roots(List<DataFile> rootFiles) throws IOException {
    RootRows rows = new RootRows(expected(rootFiles));
    FieldPrints fields = new FieldPrints();
    for (DataFile file : rootFiles) {
      PayloadType table = file.table();
      List<Column> columns = new ArrayList<>(FieldPrints.columns(table));
      columns.add(table.id());
      columns.add(table.column("resource.id"));
      columns.add(table.column("scope.id"));
      rows.nextFile();
      files.read(file, columns, block -> append(rows, block, fields));
    }
    return rows;
  }

  /**
   * As many rows as the footers tell, but, as these may lie, not more than the files have bytes.
   */
  private static int expected(List<DataFile> files) {
    long rows = files.stream().mapToLong(file -> Math.min(file.rows(), file.length())).sum();
    return (int) Math.min(rows, Integer.MAX_VALUE >> 2);
  }

  private static void append(RootRows rows, OtapTable block, FieldPrints fields) {
    rows.addAll(
        block.intVector("id"),
        block.intVector("resource.id"),
        block.intVector("scope.id"),
        fields.of(block),
        block.rows());
  }

  /** Ids of the tables that are neither roots nor shared. */
  private ChildIds children(Zones rootIds) throws IOException {
    ChildIds children = new ChildIds(rootIds);
    for (PayloadType table : files.tables()) {
      if (table.isRoot() || table.isShared()) {
        continue;
      }
      children.nextTable();
      List<Column> columns =
          table.id() == null ? List.of(table.parentId()) : List.of(table.id(), table.parentId());
      for (DataFile file : files.of(table)) {
        files.read(file, columns, block -> append(children, block));
      }
    }
    return children;
  }

  private static void append(ChildIds children, OtapTable block) {
    IntVector ids = block.type().id() == null ? null : block.intVector("id");
    IntVector parents = block.intVector("parent_id");
    if (ids == null && parents != null && !parents.hasNulls()) {
      children.addParents(parents);
      return;
    }
    for (int row = 0; row < block.rows(); row++) {
      children.add(id(ids, row), id(parents, row));
    }
  }

  private static long id(IntVector vector, int row) {
    return vector == null || vector.isNull(row) ? -1 : Integer.toUnsignedLong(vector.get(row));
  }

  /** The sets of a shared table. */
  private AttributeSets sets(PayloadType table) throws IOException {
    return sets(table, IdRange.ALL);
  }

  /**
   * The sets of those files of a shared table that can have keys in a range.
   *
   * @param keys null for none
   */
  AttributeSets sets(PayloadType table, IdRange keys) throws IOException {
    AttributeSetsBuilder builder = new AttributeSetsBuilder(table);
    for (DataFile file : files.of(table)) {
      if (keys != null && keys.meets(file.parentIds())) {
        files.read(file, table.columns(), builder::add);
      }
    }
    return builder.build();
  }
}
