/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.model.Column;
import io.otap.core.model.Column.Role;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Some root rows of a batch with all that belongs to them. What is kept stays in its order, and ids
 * are issued anew in the order of the old ones, so that children still lie in the order of their
 * parents.
 */
final class RowSelection {

  private final OtapBatch batch;
  private final int[] rows;
  private final List<OtapTable> kept = new ArrayList<>();

  /**
   * @param rows the root rows to keep, ascending
   */
  RowSelection(OtapBatch batch, int[] rows) {
    this.batch = batch;
    this.rows = rows;
  }

  OtapBatch select() {
    PayloadType type = batch.signal().root();
    OtapTable root = batch.root().gather(rows, 0, rows.length);
    NewIds ids = NewIds.of(root, type.id());
    NewIds resources = NewIds.of(root, column(type, Role.RESOURCE_ID));
    NewIds scopes = NewIds.of(root, column(type, Role.SCOPE_ID));
    kept.add(
        scopes.renumber(
            resources.renumber(ids.renumber(root, type.id()), column(type, Role.RESOURCE_ID)),
            column(type, Role.SCOPE_ID)));
    shared(PayloadType.RESOURCE_ATTRS, resources);
    shared(PayloadType.SCOPE_ATTRS, scopes);
    children(type, ids);
    return new OtapBatch(
        batch.signal(),
        kept,
        batch.origin(),
        gather(batch.resourceRecovery()),
        gather(batch.scopeRecovery()));
  }

  private void children(PayloadType parent, NewIds parents) {
    for (PayloadType type : parent.children()) {
      OtapTable table = parents.owned(batch.table(type));
      if (table.rows() > 0) {
        NewIds ids = type.id() == null ? null : NewIds.of(table, type.id());
        OtapTable renumbered = parents.renumber(table, type.parentId());
        kept.add(ids == null ? renumbered : ids.renumber(renumbered, type.id()));
        if (ids != null) {
          children(type, ids);
        }
      }
    }
  }

  private void shared(PayloadType type, NewIds owners) {
    OtapTable table = owners.owned(batch.table(type));
    if (table.rows() > 0) {
      kept.add(owners.renumber(table, type.parentId()));
    }
  }

  private byte[] gather(byte[] codes) {
    if (codes == null) {
      return null;
    }
    byte[] out = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      out[i] = codes[rows[i]];
    }
    return out;
  }

  private static Column column(PayloadType type, Role role) {
    return type.columns().stream().filter(c -> c.role() == role).findFirst().orElseThrow();
  }

  /** Ids that are kept, each with its rank among them as the new one. */
  private static final class NewIds {

    private static final NewIds NONE = new NewIds(new BitSet());

    private final BitSet old;
    private final int[] ranks;

    private NewIds(BitSet old) {
      this.old = old;
      this.ranks = new int[old.length()];
      int rank = 0;
      for (int id = old.nextSetBit(0); id >= 0; id = old.nextSetBit(id + 1)) {
        ranks[id] = rank++;
      }
    }

    static NewIds of(OtapTable table, Column column) {
      if (!(table.vector(column) instanceof IntVector ids)) {
        return NONE;
      }
      BitSet there = new BitSet();
      for (int row = 0; row < ids.length(); row++) {
        if (!ids.isNull(row)) {
          there.set(ids.get(row));
        }
      }
      return new NewIds(there);
    }

    /** The rows of a table whose parent is kept. */
    OtapTable owned(OtapTable table) {
      if (table.rows() == 0 || old.isEmpty()) {
        return OtapTable.empty(table.type());
      }
      IntVector parents = (IntVector) table.vector(table.type().parentId());
      int[] rows = new int[table.rows()];
      int count = 0;
      for (int row = 0; row < rows.length; row++) {
        int parent = Cells.id(parents, row);
        if (parent >= 0 && old.get(parent)) {
          rows[count++] = row;
        }
      }
      return count == rows.length ? table : table.gather(rows, 0, count);
    }

    OtapTable renumber(OtapTable table, Column column) {
      if (!(table.vector(column) instanceof IntVector ids)) {
        return table;
      }
      int[] values = new int[ids.length()];
      for (int row = 0; row < values.length; row++) {
        values[row] = ids.isNull(row) ? 0 : ranks[ids.get(row)];
      }
      return table.with(column, new IntVector(values.length, ids.validity(), values));
    }
  }
}
