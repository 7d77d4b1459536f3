/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Role;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Brings the tables of a batch into the form that {@link io.otap.core.batch.OtapBatch} describes:
 * ids issued anew from 0, children in the order of their parents, equal resources and scopes one.
 */
final class StorageForm {

  private final Signal signal;
  private final Map<PayloadType, OtapTable> source;
  private final Map<PayloadType, OtapTable> tables = new EnumMap<>(PayloadType.class);
  private final Map<PayloadType, Long> orphans = new EnumMap<>(PayloadType.class);

  private StorageForm(Signal signal, Map<PayloadType, OtapTable> source) {
    this.signal = signal;
    this.source = source;
  }

  /**
   * What a sender made, root rows in their order.
   *
   * @param budget for attributes of scopes that the sender shares between resources
   */
  static StorageForm received(
      Signal signal, Map<PayloadType, OtapTable> source, DecoderLimits limits, Budget budget)
      throws OtapException {
    StorageForm form = new StorageForm(signal, source);
    form.build(true, limits.rows(), budget);
    return form;
  }

  /** What is to be sent, root rows of a resource and in it of a scope together. */
  static StorageForm toSend(Signal signal, Map<PayloadType, OtapTable> source)
      throws OtapException {
    StorageForm form = new StorageForm(signal, source);
    form.build(false, Integer.MAX_VALUE, new Budget("", Long.MAX_VALUE));
    return form;
  }

  /**
   * A child table whose rows were put into another order, and what depends on it.
   *
   * @param tables in storage form, the table in its old order among them
   */
  static Map<PayloadType, OtapTable> renumbered(
      Signal signal, Map<PayloadType, OtapTable> tables, OtapTable table) throws OtapException {
    StorageForm form = new StorageForm(signal, tables);
    form.table(table);
    return form.tables;
  }

  /** The root table, and the others that have rows. */
  Map<PayloadType, OtapTable> tables() {
    return tables;
  }

  /** Rows without a parent, by table; left out. */
  Map<PayloadType, Long> orphans() {
    return orphans;
  }

  private void build(boolean received, int maxRows, Budget budget) throws OtapException {
    OtapTable root = source(signal.root());
    Surroundings resources =
        Surroundings.of(
            root,
            Role.RESOURCE_ID,
            Role.RESOURCE_FIELD,
            null,
            source(PayloadType.RESOURCE_ATTRS),
            received);
    Surroundings scopes =
        Surroundings.of(
            root,
            Role.SCOPE_ID,
            Role.SCOPE_FIELD,
            resources.numbers(),
            source(PayloadType.SCOPE_ATTRS),
            received);
    root = with(root, Role.RESOURCE_ID, resources.numbers());
    if (received || isAscending(resources.numbers()) && isAscending(scopes.numbers())) {
      root = with(root, Role.SCOPE_ID, scopes.numbers());
    } else {
      scopes = ranked(scopes, resources.numbers());
      int[] order = orderBy(scopes.numbers(), scopes.keys().length);
      root = with(root, Role.SCOPE_ID, scopes.numbers()).gather(order, 0, order.length);
    }
    shared(PayloadType.RESOURCE_ATTRS, resources.keys(), maxRows, budget);
    shared(PayloadType.SCOPE_ATTRS, scopes.keys(), maxRows, budget);
    table(root);
  }

  private OtapTable source(PayloadType type) {
    return source.getOrDefault(type, OtapTable.empty(type));
  }

  /** The scopes numbered so that those of a resource follow each other. */
  private static Surroundings ranked(Surroundings scopes, int[] resources) {
    int count = scopes.keys().length;
    int[] resourceOf = new int[count];
    int highest = 0;
    for (int row = 0; row < resources.length; row++) {
      resourceOf[scopes.numbers()[row]] = resources[row];
      highest = Math.max(highest, resources[row]);
    }
    int[] order = orderBy(resourceOf, highest + 1);
    int[] ranks = new int[count];
    int[] keys = new int[count];
    for (int rank = 0; rank < count; rank++) {
      ranks[order[rank]] = rank;
      keys[rank] = scopes.keys()[order[rank]];
    }
    int[] numbers = new int[resources.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = ranks[scopes.numbers()[row]];
    }
    return new Surroundings(numbers, keys);
  }

  private static OtapTable with(OtapTable root, Role role, int[] numbers) {
    Column column =
        root.type().columns().stream().filter(c -> c.role() == role).findFirst().orElseThrow();
    return root.with(column, new IntVector(numbers.length, null, numbers));
  }

  /** Puts the attributes of each number one behind the other. */
  private void shared(PayloadType type, int[] keys, int maxRows, Budget budget)
      throws OtapException {
    OtapTable attributes = source(type);
    if (attributes.rows() == 0) {
      return;
    }
    ChildRows rows = ChildRows.of(attributes);
    long total = 0;
    for (int key : keys) {
      total += rows.end(key) - rows.start(key);
    }
    if (total > maxRows) {
      throw WireErrors.limit(
              "a table of " + total + " rows comes of one set of attributes in many places",
              "let the sender send smaller batches, or raise rows")
          .at(WireErrors.at(type));
    }
    if (total == 0) {
      return;
    }
    if (total > attributes.rows()) {
      budget.take(total / attributes.rows() * attributes.exclusiveBytes());
    }
    int[] order = new int[(int) total];
    int[] parents = new int[order.length];
    int at = 0;
    boolean inPlace = order.length == attributes.rows();
    for (int number = 0; number < keys.length; number++) {
      for (int i = rows.start(keys[number]); i < rows.end(keys[number]); i++) {
        order[at] = rows.row(i);
        inPlace &= order[at] == at;
        parents[at++] = number;
      }
    }
    OtapTable placed = inPlace ? attributes : attributes.gather(order, 0, order.length);
    tables.put(type, placed.with(type.parentId(), new IntVector(at, null, parents)));
  }

  /** Issues the ids of a table anew, and goes on with its children. */
  private void table(OtapTable table) throws OtapException {
    PayloadType type = table.type();
    IntVector ids = type.id() == null ? null : (IntVector) table.vector(type.id());
    IdIndex index = IdIndex.of(type, ids);
    tables.put(
        type, ids == null || index.isIdentity() ? table : table.with(type.id(), issued(ids)));
    for (PayloadType child : type.children()) {
      if (source.containsKey(child) && source(child).rows() > 0) {
        children(source(child), index);
      }
    }
  }

  private static IntVector issued(IntVector ids) {
    int[] out = new int[ids.length()];
    int next = 0;
    for (int row = 0; row < out.length; row++) {
      if (!ids.isNull(row)) {
        out[row] = next++;
      }
    }
    return new IntVector(out.length, ids.validity(), out);
  }

  private void children(OtapTable table, IdIndex index) throws OtapException {
    PayloadType type = table.type();
    IntVector parents = (IntVector) table.vector(type.parentId());
    int rows = table.rows();
    int[] issued = new int[rows];
    boolean inPlace = true;
    int before = 0;
    int lost = 0;
    for (int row = 0; row < rows; row++) {
      int parent = Cells.isNull(parents, row) ? Cells.NO_ID : index.get(parents.get(row));
      issued[row] = parent < 0 ? index.count() : parent;
      lost += parent < 0 ? 1 : 0;
      inPlace &= parent >= before;
      before = parent;
    }
    if (lost > 0) {
      orphans.put(type, (long) lost);
    }
    if (lost == rows) {
      return;
    }
    if (inPlace) {
      table(
          index.isIdentity()
              ? table
              : table.with(type.parentId(), new IntVector(rows, null, issued)));
      return;
    }
    // Rows without a parent come last.
    int[] order = orderBy(issued, index.count() + 1);
    OtapTable placed =
        table
            .with(type.parentId(), new IntVector(rows, null, issued))
            .gather(order, 0, rows - lost);
    table(placed);
  }

  private static boolean isAscending(int[] numbers) {
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] < numbers[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** The positions of numbers below {@code count}, by number and then by position. */
  private static int[] orderBy(int[] numbers, int count) {
    int[] next = new int[count + 1];
    for (int number : numbers) {
      next[number + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] order = new int[numbers.length];
    for (int i = 0; i < order.length; i++) {
      order[next[numbers[i]]++] = i;
    }
    return order;
  }
}
