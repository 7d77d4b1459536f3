/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.ReadSelection;
import io.otap.core.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a split cut by cut. For one thread.
 *
 * <p>First the ids of the root file: cuts, and the recovery of resources and scopes. Then, for each
 * cut, its root rows and as much of every child table as is needed until no row of the cut is left,
 * parents before children; what was read for later cuts waits. If only some records are wanted,
 * cuts without any are left out, and with them, where that can be, the pages of their rows.
 */
@Internal
public final class SplitCutReader implements Closeable {

  private final InputFiles files;
  private final SplitPlan plan;
  private final Cuts cuts;
  private final PendingCuts pending;
  private final RootRows roots;

  /** Null if all records are wanted. */
  private final RecordChoice choice;

  private final Map<PayloadType, ChildRouter> routers = new EnumMap<>(PayloadType.class);
  private int cut;
  private long records;

  private SplitCutReader(
      InputFiles files,
      SplitPlan plan,
      Cuts cuts,
      RootRows roots,
      RecordChoice choice,
      int cut,
      int sliceRows)
      throws IOException {
    this.files = files;
    this.plan = plan;
    this.cuts = cuts;
    this.roots = roots;
    this.choice = choice;
    this.cut = cut;
    this.pending = new PendingCuts(plan, sliceRows);
    for (PayloadType type : PayloadType.of(plan.signal())) {
      if (type.parent() != null && plan.options().selection().reads(type)) {
        routers.put(type, router(type));
      }
    }
  }

  /**
   * @param position cuts already emitted: what {@link #position} gave, or 0
   */
  public static SplitCutReader open(Storage storage, SplitPlan plan, long position)
      throws IOException {
    return open(storage, plan, position, new SplitMemory(), Integer.MAX_VALUE);
  }

  /**
   * @param memory what the reader of the split before kept
   * @param sliceRows rows of a child slice at most; those that are joined at once are best whole
   */
  public static SplitCutReader open(
      Storage storage, SplitPlan plan, long position, SplitMemory memory, int sliceRows)
      throws IOException {
    InputFiles files = memory.files(storage);
    ReadSelection selection = plan.options().selection();
    selection.requireFits(plan.signal());
    RowRanges wanted = wanted(files, plan, memory);
    Cuts cuts = CutFinder.find(files, plan, wanted);
    int cut = (int) Math.min(position, cuts.count());
    RecoveredRoots recovered = cut == cuts.count() ? null : memory.recovered(files, plan);
    long first = cuts.rows()[cut];
    long end = cuts.rows()[cuts.count()];
    RootRows roots = new RootRows(files, plan, recovered, first, end);
    RecordChoice choice =
        selection.conditions().isEmpty()
            ? null
            : new RecordChoice(files, plan, wanted.and(RowRanges.of(first, end)));
    try {
      return new SplitCutReader(files, plan, cuts, roots, choice, cut, sliceRows);
    } catch (IOException | RuntimeException e) {
      try (roots) {
        throw e;
      }
    }
  }

  /** The rows that can meet the conditions, or, without any, as many as are wanted. */
  private static RowRanges wanted(InputFiles files, SplitPlan plan, SplitMemory memory)
      throws IOException {
    ReadSelection selection = plan.options().selection();
    if (selection.conditions().isEmpty()) {
      long most = Math.min(selection.limit(), plan.root().rows() - plan.firstRow());
      return RowRanges.of(plan.firstRow(), plan.firstRow() + most);
    }
    RowRanges wanted = CandidateRows.of(files, plan);
    if (wanted.isEmpty() || !selection.choosesByResource()) {
      return wanted;
    }
    return ResourceCandidates.any(files, plan)
        ? wanted.and(ResourceChoice.of(plan, memory.recovered(files, plan)))
        : new RowRanges();
  }

  /** The rows of the next cut that has some of those that are wanted; null at the end. */
  public CutSlices next() throws IOException {
    if (choice == null) {
      return cut == cuts.count() || isEnough() ? null : read();
    }
    while (cut < cuts.count() && !isEnough()) {
      BitSet wanted = choice.of(cuts.rows()[cut], cuts.rows()[cut + 1]);
      if (!wanted.isEmpty()) {
        return readOnly(wanted);
      }
      leaveOut();
    }
    return null;
  }

  private boolean isEnough() {
    return records >= plan.options().selection().limit();
  }

  private CutSlices read() throws IOException {
    for (ChildRouter router : routers.values()) {
      router.pass(cut);
    }
    if (cut == cuts.count() - 1) {
      countLost();
    }
    RootSlice root = roots.next((int) (cuts.rows()[cut + 1] - cuts.rows()[cut]));
    CutSlices slices = new CutSlices(cut, root, pending.take(cut), pending.takeOrphans());
    routers.values().forEach(router -> router.finished(cut));
    cut++;
    records += root.rows().rows();
    return slices;
  }

  private CutSlices readOnly(BitSet wanted) throws IOException {
    roots.pass(cuts.rows()[cut]);
    for (ChildRouter router : routers.values()) {
      if (canJump(router)) {
        router.jump(cut);
      }
    }
    CutSlices slices = read();
    int rows = slices.root().rows().rows();
    if (wanted.cardinality() == rows) {
      return slices;
    }
    records -= rows - wanted.cardinality();
    return KeptRows.of(slices, plan.signal(), wanted);
  }

  /** Passes a cut without a wanted record. */
  private void leaveOut() throws IOException {
    for (ChildRouter router : routers.values()) {
      if (!canJump(router)) {
        router.pass(cut);
      }
    }
    pending.take(cut);
    pending.takeOrphans();
    routers.values().forEach(router -> router.finished(cut));
    cut++;
  }

  /** Children of roots without children of their own, which would be taken for orphans. */
  private boolean canJump(ChildRouter router) {
    return router.type().parent().isRoot()
        && router.type().children().stream().noneMatch(routers::containsKey);
  }

  /** Cuts returned so far, those before {@code position} included. */
  public long position() {
    return cut;
  }

  /** Root rows of the range that are still to come. */
  public long rowsLeft() {
    return cuts.rows()[cuts.count()] - cuts.rows()[cut];
  }

  /** Bytes read from files so far. */
  public long bytesRead() {
    return roots.bytesRead()
        + (choice == null ? 0 : choice.bytesRead())
        + routers.values().stream().mapToLong(ChildRouter::bytesRead).sum();
  }

  /**
   * Exemplars read so far whose value their file does not tell: an int of 0, a double of 0, or
   * none, as exporters fill with zeros (ENGINE-OBSERVED 3). What a restore reads again counts
   * again.
   */
  public long undecidableExemplars() {
    return routers.values().stream().mapToLong(ChildRouter::undecidableValues).sum();
  }

  @Override
  public void close() throws IOException {
    roots.close();
    if (choice != null) {
      choice.close();
    }
    for (ChildRouter router : routers.values()) {
      router.close();
    }
  }

  /** Routers of parents come before those of their children, as in {@link PayloadType#of}. */
  private ChildRouter router(PayloadType type) throws IOException {
    ChildRouter parent = routers.get(type.parent());
    long from = cuts.ids()[cut];
    from = parent == null ? from : Math.min(from, parent.lowestId());
    return new ChildRouter(
        type, cuts, parent, new ChildStream(files, type, files(type), from), pending);
  }

  private void countLost() throws IOException {
    for (ChildRouter router : routers.values()) {
      if (!router.waiting().isEmpty()) {
        LostChildren.count(
            files,
            router.type(),
            files(router.type().parent()),
            router.waiting(),
            cuts.ids()[0],
            cuts.ids()[cuts.count()],
            pending);
      }
    }
  }

  private List<DataFile> files(PayloadType type) {
    return plan.inputs().stream().filter(file -> file.table() == type).toList();
  }
}
