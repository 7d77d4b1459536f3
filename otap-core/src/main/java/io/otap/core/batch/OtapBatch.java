/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Telemetry of one signal: root rows and the rows of all tables that belong to them, in storage
 * form.
 *
 * <ul>
 *   <li>At most {@value #MAX_ROWS} root rows.
 *   <li>Ids are issued from 0 in each table: root and child row {@code i} that others may refer to
 *       has an id, and a {@code parent_id} is an id of the parent table in the same batch. A null
 *       id has no children.
 *   <li>{@code resource.id} and {@code scope.id} refer to {@code parent_id} of RESOURCE_ATTRS and
 *       SCOPE_ATTRS. Rows with equal resources have equal {@code resource.id}s, with equal
 *       resources and scopes equal {@code scope.id}s; different ones differ, with or without
 *       attributes.
 *   <li>Child rows lie in the order of their parents.
 * </ul>
 *
 * Immutable, without references to anything outside the heap.
 */
@PublicEvolving
public final class OtapBatch {

  /** Ids of root rows have 16 bits on the wire; the highest is left free by both encoders. */
  public static final int MAX_ROWS = 65_535;

  private final Signal signal;
  private final Map<PayloadType, OtapTable> tables;
  private final Origin origin;
  private final byte[] resourceRecovery;
  private final byte[] scopeRecovery;

  /**
   * @param tables the root table and those child tables that have rows
   * @param resourceRecovery {@link Recovery} ordinal of each root row, or null if all are {@link
   *     Recovery#C1}; not copied
   * @param scopeRecovery the same for scopes
   */
  public OtapBatch(
      Signal signal,
      Collection<OtapTable> tables,
      Origin origin,
      byte[] resourceRecovery,
      byte[] scopeRecovery) {
    Map<PayloadType, OtapTable> byType = new EnumMap<>(PayloadType.class);
    for (OtapTable table : tables) {
      if (!table.type().signals().contains(signal)) {
        throw new IllegalArgumentException(table.type() + " is no table of " + signal.id());
      }
      byType.put(table.type(), table);
    }
    byType.putIfAbsent(signal.root(), OtapTable.empty(signal.root()));
    if (byType.get(signal.root()).rows() > MAX_ROWS) {
      throw new IllegalArgumentException("more than " + MAX_ROWS + " root rows");
    }
    this.signal = signal;
    this.tables = Collections.unmodifiableMap(byType);
    this.origin = origin;
    this.resourceRecovery = resourceRecovery;
    this.scopeRecovery = scopeRecovery;
  }

  public Signal signal() {
    return signal;
  }

  /** The table with the records. */
  public OtapTable root() {
    return tables.get(signal.root());
  }

  /** A table of the batch; without rows if the batch has none of it. */
  public OtapTable table(PayloadType type) {
    OtapTable table = tables.get(type);
    return table == null ? OtapTable.empty(type) : table;
  }

  /** The root table and the child tables with rows. */
  public Collection<OtapTable> tables() {
    return tables.values();
  }

  /** Number of root rows. */
  public int rows() {
    return root().rows();
  }

  public Origin origin() {
    return origin;
  }

  /** How certain the resource of a root row is. */
  public Recovery resourceRecovery(int row) {
    return resourceRecovery == null ? Recovery.C1 : Recovery.ofCode(resourceRecovery[row]);
  }

  /** How certain the scope of a root row is. */
  public Recovery scopeRecovery(int row) {
    return scopeRecovery == null ? Recovery.C1 : Recovery.ofCode(scopeRecovery[row]);
  }

  /** {@link Recovery} ordinals of the rows' resources, or null if all are {@link Recovery#C1}. */
  public byte[] resourceRecovery() {
    return resourceRecovery;
  }

  /** {@link Recovery} ordinals of the rows' scopes, or null if all are {@link Recovery#C1}. */
  public byte[] scopeRecovery() {
    return scopeRecovery;
  }

  /**
   * The records at these rows with all that belongs to them, as a batch of its own. The origin is
   * that of the whole.
   *
   * @param keep which rows of the root table to keep
   */
  public OtapBatch filter(IntPredicate keep) {
    int[] kept = IntStream.range(0, rows()).filter(keep).toArray();
    return kept.length == rows() ? this : new RowSelection(this, kept).select();
  }

  /** Bytes of the buffers, as an estimate. */
  public long bytes() {
    return tables.values().stream().mapToLong(OtapTable::bytes).sum();
  }

  @Override
  public String toString() {
    return "OtapBatch" + tables.values();
  }
}
