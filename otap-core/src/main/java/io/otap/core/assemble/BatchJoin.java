/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Concatenation;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the rows of one cut together: children in the order of their parents, ids issued anew from
 * 0. A counting sort for each table, without a hash map or an object for a row. A function of its
 * arguments alone, wherever it runs.
 */
@Internal
public final class BatchJoin {

  private final Signal signal;
  private final boolean validateRelations;
  private final OrphanSink orphanSink;
  private final RootSlice root;
  private final Map<PayloadType, List<Slice>> children;
  private final Map<PayloadType, IdMap> parents = new EnumMap<>(PayloadType.class);
  private final Map<PayloadType, Long> orphans = new EnumMap<>(PayloadType.class);
  private final List<OtapTable> joined = new ArrayList<>();

  private BatchJoin(
      Signal signal,
      RootSlice root,
      Map<PayloadType, List<Slice>> children,
      boolean validateRelations,
      OrphanSink orphanSink) {
    this.signal = signal;
    this.root = root;
    this.children = children;
    this.validateRelations = validateRelations;
    this.orphanSink = orphanSink;
  }

  /**
   * @param children slices of each table, in the order of its files and rows
   * @param lost rows of a table that no cut of the split owns, already known to have no parent
   * @param validateRelations whether a row without a parent is an error
   * @param orphanSink takes the rows without a parent, those of {@code lost} not among them
   * @throws OtapException of kind RECONSTRUCTION if two rows of a table share an id, or for a row
   *     without a parent if asked to
   */
  public static OtapBatch join(
      Signal signal,
      RootSlice root,
      Map<PayloadType, List<Slice>> children,
      Map<PayloadType, Long> lost,
      boolean validateRelations,
      OrphanSink orphanSink)
      throws OtapException {
    BatchJoin join = new BatchJoin(signal, root, children, validateRelations, orphanSink);
    join.orphans.putAll(lost);
    return join.run();
  }

  private OtapBatch run() throws OtapException {
    PayloadType rootType = signal.root();
    joined.add(issueIds(rootType, root.rows(), root.file()));
    joined.addAll(root.shared());
    for (PayloadType type : PayloadType.of(signal)) {
      if (type.parent() != null && children.containsKey(type)) {
        child(type, children.get(type));
      }
    }
    return new OtapBatch(
        signal,
        joined,
        new Origin(root.partition(), root.file(), root.firstRow(), orphans),
        root.resourceRecovery(),
        root.scopeRecovery());
  }

  private void child(PayloadType type, List<Slice> slices) throws OtapException {
    OtapTable rows = Concatenation.of(type, slices.stream().map(Slice::rows).toList());
    int n = rows.rows();
    if (n == 0) {
      return;
    }
    IntVector parentIds = (IntVector) rows.vector(type.parentId());
    IdMap map = parents.get(type.parent());
    int[] positions = new int[n];
    int found = map == null ? 0 : map.get(parentIds, positions);
    for (int i = 0; found < n && i < n; i++) {
      if (map == null || positions[i] == IdMap.ABSENT) {
        orphan(type, slices, i, Integer.toUnsignedLong(parentIds.get(i)));
      }
    }
    if (found == 0) {
      return;
    }
    OtapTable joint =
        found == n && isRising(positions)
            ? rows.with(type.parentId(), new IntVector(n, null, positions))
            : sorted(type, rows, positions, found);
    joined.add(issueIds(type, joint, slices.get(0).file()));
  }

  private static boolean isRising(int[] positions) {
    boolean rising = true;
    for (int i = 1; i < positions.length; i++) {
      rising &= positions[i - 1] <= positions[i];
    }
    return rising;
  }

  /** Rows with a parent, by parent, those of one parent in the order they came. */
  private static OtapTable sorted(PayloadType type, OtapTable rows, int[] positions, int found) {
    int top = -1;
    for (int position : positions) {
      top = Math.max(top, position);
    }
    int[] next = new int[top + 2];
    for (int position : positions) {
      if (position != IdMap.ABSENT) {
        next[position + 1]++;
      }
    }
    int[] parents = new int[found];
    for (int p = 0; p <= top; p++) {
      int from = next[p];
      next[p + 1] += from;
      for (int i = from; i < next[p + 1]; i++) {
        parents[i] = p;
      }
    }
    int[] order = new int[found];
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] != IdMap.ABSENT) {
        order[next[positions[i]]++] = i;
      }
    }
    return rows.with(type.parentId(), null)
        .gather(order, 0, found)
        .with(type.parentId(), new IntVector(found, null, parents));
  }

  /** Gives the rows ids from 0 and notes the old ones for the children. */
  private OtapTable issueIds(PayloadType type, OtapTable rows, String file) throws OtapException {
    Column column = type.id();
    if (column == null) {
      return rows;
    }
    Vector old = rows.vector(column);
    if (old == null) {
      return rows;
    }
    IntVector ids = (IntVector) old;
    int[] issued = new int[ids.length()];
    int next = 0;
    for (int i = 0; i < issued.length; i++) {
      issued[i] = ids.isNull(i) ? 0 : next++;
    }
    try {
      parents.put(type, IdMap.of(ids, ids.hasNulls() ? issued : null));
    } catch (IdMap.DuplicateId e) {
      throw OtapException.of(
              OtapErrorKind.RECONSTRUCTION,
              "two rows have the id "
                  + e.id()
                  + ", so their children cannot be told apart; a request of more than 65,536 records"
                  + " wraps the exporter's ids: send smaller requests")
          .at(new Place(root.partition(), type.folder(), file, column.path(), -1));
    }
    return rows.with(column, new IntVector(issued.length, ids.validity(), issued));
  }

  private void orphan(PayloadType type, List<Slice> slices, int row, long parentId)
      throws OtapException {
    orphans.merge(type, 1L, Long::sum);
    String file = fileOf(slices, row);
    if (validateRelations) {
      throw orphan(type, root.partition(), file, parentId);
    }
    orphanSink.orphan(type, file, parentId);
  }

  static OtapException orphan(PayloadType type, String partition, String file, long parentId) {
    String parent = type.parent().folder();
    return OtapException.of(
            OtapErrorKind.RECONSTRUCTION,
            "the first row without its parent has parent_id "
                + parentId
                + ", which no row of "
                + parent
                + " has; its parents were never published, or their file is gone. Without"
                + " source.validate-relations such rows are counted and left out")
        .at(new Place(partition, type.folder(), file, "parent_id", -1));
  }

  private static String fileOf(List<Slice> slices, int row) {
    int at = row;
    for (Slice slice : slices) {
      if (at < slice.rows().rows()) {
        return slice.file();
      }
      at -= slice.rows().rows();
    }
    throw new IllegalArgumentException("no row " + row);
  }
}
