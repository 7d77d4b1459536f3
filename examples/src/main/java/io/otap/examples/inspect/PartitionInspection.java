/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.FileOrder;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The tables of one partition: what one run of an exporter wrote. */
final class PartitionInspection {

  private static final long NANOS = 1_000_000_000L;

  private final Storage storage;
  private final List<DataFile> files;
  private final List<SplitPlan> plans;
  private final PrintStream out;
  private final List<String> violations = new ArrayList<>();

  PartitionInspection(
      Storage storage, List<DataFile> files, List<SplitPlan> plans, PrintStream out) {
    this.storage = storage;
    this.files = files;
    this.plans = plans;
    this.out = out;
  }

  void print(String partition) throws IOException {
    out.println();
    out.println(partition.isEmpty() ? "without _part_id" : "_part_id " + partition);
    for (PayloadType type : PayloadType.values()) {
      List<DataFile> table = files(type);
      if (!table.isEmpty()) {
        table(type, table);
      }
    }
    if (violations.isEmpty()) {
      out.println("  no violations");
    } else {
      out.println("  violations");
      violations.forEach(v -> out.println("    " + v));
    }
  }

  private void table(PayloadType type, List<DataFile> table) throws IOException {
    Set<List<String>> schemas = new HashSet<>();
    for (DataFile file : table) {
      try (SeekableInput in = storage.open(file.path())) {
        schemas.add(ParquetFooter.read(in, file.path()).schema());
      }
    }
    out.println(
        "  "
            + type.folder()
            + ": "
            + Counts.of(table.size(), "file")
            + ", "
            + Counts.of(table.stream().mapToLong(DataFile::rows).sum(), "row")
            + ", "
            + Counts.bytes(table.stream().mapToLong(DataFile::length).sum())
            + ", "
            + Counts.of(schemas.size(), "schema"));
    line("ids", range(table, DataFile::ids));
    line("parent ids", range(table, DataFile::parentIds));
    line("times", times(table));
    try {
      relations(type, table);
      if (type.isAttributes()) {
        for (DataFile file : table) {
          if (file.rows() > 0) {
            line("samples", String.join(", ", SampleAttributes.of(storage, file)));
            break;
          }
        }
      }
      if (type.isRoot()) {
        recovery(type, table);
      }
    } catch (OtapException e) {
      violations.add(type.folder() + ": " + e.kind() + ": " + e.getMessage());
    }
  }

  private void relations(PayloadType type, List<DataFile> table) throws IOException {
    if (type.id() != null) {
      Ids ids = ids(type);
      for (int i = 1; i < ids.size(); i++) {
        if (ids.get(i) == ids.get(i - 1)) {
          violations.add(type.folder() + ": id " + ids.get(i) + " occurs more than once");
          break;
        }
      }
    }
    if (type.parentId() == null) {
      return;
    }
    Ids parents = type.parent() == null ? null : ids(type.parent());
    Relation relation = Relation.of(storage, table, parents);
    line(
        type.isShared() ? "per key" : "per parent",
        "min "
            + Counts.of(relation.least())
            + ", median "
            + Counts.of(relation.median())
            + ", max "
            + Counts.of(relation.most())
            + " rows");
    if (relation.orphans() > 0) {
      violations.add(
          type.folder()
              + ": "
              + Counts.of(relation.orphans(), "row")
              + " without a parent in "
              + type.parent().folder()
              + "; the first: "
              + relation.firstOrphan());
    }
  }

  private void recovery(PayloadType type, List<DataFile> table) throws IOException {
    Set<String> paths = new HashSet<>();
    table.forEach(f -> paths.add(f.path()));
    RecoveryCounts counts =
        RecoveryCounts.of(
            storage, plans.stream().filter(p -> paths.contains(p.root().path())).toList());
    line("resources", RecoveryCounts.text(counts.resources()));
    line("scopes", RecoveryCounts.text(counts.scopes()));
    if (counts.firstUndecided() != null) {
      violations.add(
          type.folder()
              + ": rows whose resource or scope is undecided; the first: "
              + counts.firstUndecided());
    }
  }

  private Ids ids(PayloadType type) throws IOException {
    Ids ids = new Ids();
    for (DataFile file : files(type)) {
      ColumnScan.ids(
          storage,
          file,
          type.id(),
          (id, row) -> {
            ids.add(id);
            return true;
          });
    }
    ids.sort();
    return ids;
  }

  private List<DataFile> files(PayloadType type) {
    return FileOrder.of(files.stream().filter(f -> f.table() == type).toList());
  }

  private void line(String name, String value) {
    if (!value.isEmpty()) {
      out.println(String.format("    %-11s %s", name, value));
    }
  }

  private static String range(List<DataFile> table, Function<DataFile, IdRange> of) {
    IdRange range = union(table, of);
    return range == null
        ? ""
        : range.equals(IdRange.ALL) ? "no statistics" : range.min() + " to " + range.max();
  }

  private static String times(List<DataFile> table) {
    IdRange range = union(table, DataFile::times);
    return range == null || range.equals(IdRange.ALL)
        ? ""
        : time(range.min()) + " to " + time(range.max());
  }

  private static IdRange union(List<DataFile> table, Function<DataFile, IdRange> of) {
    return table.stream()
        .map(of)
        .filter(Objects::nonNull)
        .reduce((a, b) -> new IdRange(Math.min(a.min(), b.min()), Math.max(a.max(), b.max())))
        .orElse(null);
  }

  private static String time(long nanos) {
    return nanos == 0
        ? "0"
        : Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
            .toString();
  }
}
