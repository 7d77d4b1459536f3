/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the account of one cut while its slices arrive, in any order: which are there, which are
 * missing, and whether they fit together. It holds no rows; they lie where the caller keeps them.
 */
@Internal
public final class CutAssembly {

  private final CutHead head;
  private final Map<PayloadType, BitSet> arrived = new EnumMap<>(PayloadType.class);
  private Map<PayloadType, Integer> counts;
  private int slices;
  private int children;
  private long bytes;

  /**
   * @param head what every slice of the cut has to say
   */
  public CutAssembly(CutHead head) {
    this.head = head;
  }

  /**
   * Takes a slice into account.
   *
   * @throws OtapException of kind RECONSTRUCTION if it is there already, contradicts another, or is
   *     no slice of this cut
   */
  public void add(OtapSlice slice) throws OtapException {
    if (!head.equals(slice.head())) {
      throw refused("a slice contradicts those before: it says it is of " + slice.head(), null);
    }
    if (slice instanceof ChildSlice child) {
      add(child);
    } else if (slice instanceof ClosingSlice closing) {
      add(closing);
    } else {
      throw refused("late rows have arrived, which belong to no cut", null);
    }
    slices++;
    bytes += slice.bytes();
  }

  /** Whether every slice of the cut is there. */
  public boolean isComplete() {
    return counts != null && children == counts.values().stream().mapToInt(n -> n).sum();
  }

  public CutHead head() {
    return head;
  }

  /** How many child slices a complete cut has, by table. */
  public Map<PayloadType, Integer> counts() {
    return counts;
  }

  /** Slices that are there. */
  public int slices() {
    return slices;
  }

  /** Bytes of the slices that are there, as an estimate. */
  public long bytes() {
    return bytes;
  }

  /** The error of a cut whose slices will not all arrive; it names the first that is missing. */
  public OtapException incomplete() {
    if (counts == null) {
      return refused(
          "the input has ended, but the slice with the root rows is missing; there are "
              + slices
              + " others",
          null);
    }
    for (Map.Entry<PayloadType, Integer> entry : counts.entrySet()) {
      int missing = arrived(entry.getKey()).nextClearBit(0);
      if (missing < entry.getValue()) {
        return refused(
            "the input has ended, but slice "
                + missing
                + " of "
                + entry.getValue()
                + " of table "
                + entry.getKey().folder()
                + " is missing",
            entry.getKey());
      }
    }
    throw new IllegalStateException("nothing is missing of " + head);
  }

  /**
   * The batch of a complete cut.
   *
   * @param slices all slices of the cut, in any order
   * @param orphans takes the rows that are left out
   */
  public static OtapBatch join(Iterable<? extends OtapSlice> slices, OrphanSink orphans)
      throws OtapException {
    ClosingSlice closing = null;
    List<ChildSlice> children = new ArrayList<>();
    for (OtapSlice slice : slices) {
      if (slice instanceof ChildSlice child) {
        children.add(child);
      } else if (slice instanceof ClosingSlice last) {
        closing = last;
      }
    }
    if (closing == null) {
      throw new IllegalArgumentException("no root rows");
    }
    children.sort(Comparator.comparingInt(ChildSlice::sequence));
    Map<PayloadType, List<Slice>> tables = new EnumMap<>(PayloadType.class);
    for (ChildSlice child : children) {
      tables
          .computeIfAbsent(child.table(), t -> new ArrayList<>())
          .add(new Slice(child.file(), child.rows()));
    }
    closing.lost().forEach(rows -> rows.giveTo(orphans));
    return BatchJoin.join(
        closing.head().signal(),
        closing.root(),
        tables,
        OrphanRows.count(closing.lost()),
        closing.validateRelations(),
        orphans);
  }

  private void add(ChildSlice child) throws OtapException {
    PayloadType table = child.table();
    int sequence = child.sequence();
    requireOwn(table, table.parent() != null);
    if (sequence < 0) {
      throw refused("a slice of " + table.folder() + " has the number " + sequence, table);
    }
    if (arrived(table).get(sequence)) {
      throw refused(
          "slice " + sequence + " of table " + table.folder() + " has arrived twice", table);
    }
    if (counts != null && sequence >= counts.getOrDefault(table, 0)) {
      throw beyond(table, sequence, counts.getOrDefault(table, 0));
    }
    arrived.computeIfAbsent(table, t -> new BitSet()).set(sequence);
    children++;
  }

  private void add(ClosingSlice closing) throws OtapException {
    PayloadType rootTable = closing.root().rows().type();
    requireOwn(rootTable, rootTable == head.signal().root());
    if (counts != null) {
      throw refused("the slice with the root rows has arrived twice", rootTable);
    }
    for (Map.Entry<PayloadType, Integer> entry : closing.counts().entrySet()) {
      requireOwn(entry.getKey(), entry.getKey().parent() != null);
    }
    for (Map.Entry<PayloadType, BitSet> entry : arrived.entrySet()) {
      int count = closing.counts().getOrDefault(entry.getKey(), 0);
      if (entry.getValue().length() > count) {
        throw beyond(entry.getKey(), entry.getValue().length() - 1, count);
      }
    }
    counts = closing.counts();
  }

  private BitSet arrived(PayloadType table) {
    return arrived.getOrDefault(table, new BitSet());
  }

  private void requireOwn(PayloadType table, boolean fits) throws OtapException {
    if (!fits || !table.signals().contains(head.signal())) {
      throw refused(
          "a slice of table "
              + table.folder()
              + " has arrived, which cannot belong to "
              + head.signal().id()
              + " in this way",
          table);
    }
  }

  private OtapException beyond(PayloadType table, int sequence, int count) {
    return refused(
        "slice "
            + sequence
            + " of table "
            + table.folder()
            + " has arrived, but the root rows say that there are "
            + count,
        table);
  }

  private OtapException refused(String problem, PayloadType table) {
    return OtapException.of(
            OtapErrorKind.RECONSTRUCTION,
            "cut "
                + head.cut()
                + " of split "
                + head.split()
                + " cannot be put together: "
                + problem
                + ". Was the job changed between source and assembly?")
        .at(Place.table(table == null ? null : table.folder(), null));
  }
}
