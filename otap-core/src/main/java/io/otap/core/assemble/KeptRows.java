/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves root rows of a cut out, and what belongs to them, before the rest is joined. Rows without
 * a parent stay: they are no children of what was left out, and the join counts them.
 */
final class KeptRows {

  /** The rows of a table by their ids as in the files, and which of them are kept. */
  private record Parents(IdMap ids, BitSet kept) {

    boolean keeps(long id) {
      int row = ids.get(id);
      return row == IdMap.ABSENT || kept.get(row);
    }
  }

  private final Map<PayloadType, Parents> parents = new EnumMap<>(PayloadType.class);

  private KeptRows() {}

  /**
   * @param kept root rows of the cut
   */
  static CutSlices of(CutSlices cut, Signal signal, BitSet kept) {
    try {
      return new KeptRows().select(cut, signal, kept);
    } catch (IdMap.DuplicateId e) {
      // The join refuses such rows, with their file.
      return cut;
    }
  }

  private CutSlices select(CutSlices cut, Signal signal, BitSet kept) throws IdMap.DuplicateId {
    OtapTable rows = cut.root().rows();
    Column id = rows.type().id();
    parents.put(rows.type(), new Parents(IdMap.of((IntVector) rows.vector(id), null), kept));
    Map<PayloadType, List<Slice>> children = new EnumMap<>(PayloadType.class);
    for (PayloadType type : PayloadType.of(signal)) {
      List<Slice> slices = cut.children().get(type);
      Parents owners = slices == null ? null : parents.get(type.parent());
      if (owners != null) {
        children.put(type, select(type, slices, owners));
      } else if (slices != null) {
        children.put(type, slices);
      }
    }
    return new CutSlices(cut.cut(), select(cut.root(), signal, kept), children, cut.lost());
  }

  private List<Slice> select(PayloadType type, List<Slice> slices, Parents owners)
      throws IdMap.DuplicateId {
    BitSet kept = new BitSet();
    int before = 0;
    for (Slice slice : slices) {
      IntVector parentIds = (IntVector) slice.rows().vector(type.parentId());
      for (int row = 0; row < slice.rows().rows(); row++) {
        kept.set(before + row, owners.keeps(Integer.toUnsignedLong(parentIds.get(row))));
      }
      before += slice.rows().rows();
    }
    if (type.id() != null && !type.children().isEmpty()) {
      parents.put(type, new Parents(ids(type, slices, before), kept));
    }
    List<Slice> selected = new ArrayList<>(slices.size());
    int first = 0;
    for (Slice slice : slices) {
      int end = first + slice.rows().rows();
      int[] picked = kept.get(first, end).stream().toArray();
      if (picked.length == end - first) {
        selected.add(slice);
      } else if (picked.length > 0) {
        selected.add(new Slice(slice.file(), slice.rows().gather(picked, 0, picked.length)));
      }
      first = end;
    }
    return selected;
  }

  private static IdMap ids(PayloadType type, List<Slice> slices, int rows)
      throws IdMap.DuplicateId {
    int[] ids = new int[rows];
    int[] positions = new int[rows];
    int count = 0;
    int row = 0;
    for (Slice slice : slices) {
      IntVector vector = (IntVector) slice.rows().vector(type.id());
      for (int i = 0; i < slice.rows().rows(); i++, row++) {
        if (vector != null && !vector.isNull(i)) {
          ids[count] = vector.get(i);
          positions[count++] = row;
        }
      }
    }
    return IdMap.of(new IntVector(count, null, ids), positions);
  }

  /** The root rows with the attributes of their resources and scopes, which are numbered anew. */
  private static RootSlice select(RootSlice root, Signal signal, BitSet kept) {
    Column id = root.rows().type().id();
    Collection<OtapTable> tables = new ArrayList<>(root.shared());
    tables.add(root.rows().with(id, null));
    OtapBatch selected =
        new OtapBatch(signal, tables, Origin.NONE, root.resourceRecovery(), root.scopeRecovery())
            .filter(kept::get);
    int[] picked = kept.stream().toArray();
    OtapTable rows = selected.root();
    if (root.rows().vector(id) != null) {
      rows = rows.with(id, root.rows().vector(id).gather(picked, 0, picked.length));
    }
    return new RootSlice(
        root.partition(),
        root.file(),
        root.firstRow(),
        rows,
        selected.tables().stream().filter(table -> table.type().isShared()).toList(),
        selected.resourceRecovery(),
        selected.scopeRecovery());
  }
}
