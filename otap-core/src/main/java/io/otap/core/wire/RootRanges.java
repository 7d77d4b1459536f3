/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Role;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Cuts tables in storage form into those of a range of root rows, with ids that begin at 0 again.
 * Children of a range are a range, because they lie in the order of their parents; attributes of
 * resources and scopes are picked.
 */
final class RootRanges {

  private final Signal signal;
  private final Map<PayloadType, OtapTable> tables;

  RootRanges(Signal signal, Map<PayloadType, OtapTable> tables) {
    this.signal = signal;
    this.tables = tables;
  }

  Map<PayloadType, OtapTable> range(int from, int to) {
    OtapTable root = tables.get(signal.root());
    if (from == 0 && to == root.rows()) {
      return tables;
    }
    Map<PayloadType, OtapTable> out = new EnumMap<>(PayloadType.class);
    OtapTable part = root.slice(from, to);
    part = shared(part, Role.RESOURCE_ID, PayloadType.RESOURCE_ATTRS, out);
    part = shared(part, Role.SCOPE_ID, PayloadType.SCOPE_ATTRS, out);
    table(part, out);
    return out;
  }

  /** Numbers the resources, or scopes, of the rows from 0, and picks their attributes. */
  private OtapTable shared(
      OtapTable part, Role role, PayloadType type, Map<PayloadType, OtapTable> out) {
    Column column =
        part.type().columns().stream().filter(c -> c.role() == role).findFirst().orElseThrow();
    IntVector ids = (IntVector) part.vector(column);
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] issued = new int[part.rows()];
    OtapTable attributes = tables.get(type);
    int[] picked = new int[attributes == null ? 0 : attributes.rows()];
    int[] parents = new int[picked.length];
    int at = 0;
    for (int row = 0; row < issued.length; row++) {
      int id = ids.get(row);
      Integer number = numbers.putIfAbsent(id, numbers.size());
      issued[row] = number == null ? numbers.size() - 1 : number;
      if (number == null && attributes != null) {
        int end = firstOf(attributes, id + 1);
        for (int i = firstOf(attributes, id); i < end; i++) {
          parents[at] = issued[row];
          picked[at++] = i;
        }
      }
    }
    if (at > 0) {
      out.put(
          type,
          attributes
              .gather(picked, 0, at)
              .with(type.parentId(), new IntVector(at, null, Arrays.copyOf(parents, at))));
    }
    return part.with(column, new IntVector(issued.length, null, issued));
  }

  private void table(OtapTable part, Map<PayloadType, OtapTable> out) {
    PayloadType type = part.type();
    IntVector ids = type.id() == null ? null : (IntVector) part.vector(type.id());
    int first = -1;
    int last = -1;
    for (int row = 0; ids != null && row < part.rows(); row++) {
      if (!ids.isNull(row)) {
        first = first < 0 ? ids.get(row) : first;
        last = ids.get(row);
      }
    }
    out.put(type, ids == null ? part : part.with(type.id(), shifted(ids, first)));
    if (first < 0) {
      return;
    }
    for (PayloadType child : type.children()) {
      OtapTable rows = tables.get(child);
      int start = rows == null ? 0 : firstOf(rows, first);
      int end = rows == null ? 0 : firstOf(rows, last + 1);
      if (start < end) {
        OtapTable slice = rows.slice(start, end);
        IntVector parents = (IntVector) slice.vector(child.parentId());
        table(slice.with(child.parentId(), shifted(parents, first)), out);
      }
    }
  }

  /** The first row whose {@code parent_id} is not below this one. */
  private static int firstOf(OtapTable table, int parent) {
    IntVector parents = (IntVector) table.vector(table.type().parentId());
    int low = 0;
    int high = table.rows();
    while (low < high) {
      int middle = low + high >>> 1;
      if (parents.get(middle) < parent) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Vector shifted(IntVector ids, int by) {
    int[] out = new int[ids.length()];
    for (int row = 0; row < out.length; row++) {
      if (!ids.isNull(row)) {
        out[row] = ids.get(row) - by;
      }
    }
    return new IntVector(out.length, ids.validity(), out);
  }
}
