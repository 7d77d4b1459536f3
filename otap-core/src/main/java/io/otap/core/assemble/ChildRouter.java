/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.IdRange;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one child table and gives each row to the cut of its parent. Children of roots go by the
 * range of their {@code parent_id}; deeper ones by where the row with that id went, for ids of the
 * levels below the root do not rise from cut to cut inside one request.
 */
final class ChildRouter implements Closeable {

  private static final int ELSEWHERE = -2;

  private final PayloadType type;
  private final Cuts cuts;
  private final ChildRouter parent;
  private final SliceSink sink;
  private final ChildStream stream;
  private final RoutedIds routed;
  private final long lowestKnown;
  private final long lowestId;
  private List<Slice> waiting = new ArrayList<>();

  /**
   * @param parent router of the parent table; null if that is the root
   */
  ChildRouter(PayloadType type, Cuts cuts, ChildRouter parent, ChildStream stream, SliceSink sink)
      throws IOException {
    this.type = type;
    this.cuts = cuts;
    this.parent = parent;
    this.stream = stream;
    this.sink = sink;
    this.routed = type.children().isEmpty() ? null : new RoutedIds();
    this.lowestKnown = parent == null ? cuts.ids()[0] : Math.min(cuts.ids()[0], parent.lowestId);
    this.lowestId = routed == null ? 0 : stream.lowestId();
  }

  /** The smallest id of the rows that this router has read or will read. */
  long lowestId() {
    return lowestId;
  }

  PayloadType type() {
    return type;
  }

  /** Reads until no row of this cut is left; the parent has passed it before. */
  void pass(int cut) throws IOException {
    List<Slice> again = waiting;
    waiting = new ArrayList<>();
    for (Slice slice : again) {
      sink.resumes(slice);
      route(slice);
    }
    boolean last = cut == cuts.count() - 1;
    long bound = parent == null ? cuts.ids()[cut + 1] : parent.routed.largest(cut) + 1;
    if (last) {
      bound = Math.max(bound, cuts.ids()[cut + 1]);
    }
    while (stream.watermark() < bound) {
      route(stream.next());
    }
  }

  /** Leaves pages out whose rows all belong before this cut. */
  void jump(int cut) throws IOException {
    stream.jump(cuts.ids()[cut]);
  }

  /** Forgets what is only needed for cuts up to this one. */
  void finished(int cut) {
    if (routed != null) {
      routed.finished(cut);
    }
  }

  /** Rows of the split's range of ids that found no parent, after all cuts; they may be others'. */
  List<Slice> waiting() {
    return waiting;
  }

  long bytesRead() {
    return stream.bytesRead();
  }

  /** Exemplars read so far whose value may be filler. */
  long undecidableValues() {
    return stream.undecidableValues();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private void route(Slice slice) throws IOException {
    OtapTable rows = slice.rows();
    int n = rows.rows();
    if (n == 0) {
      return;
    }
    IntVector parents = (IntVector) rows.vector(type.parentId());
    if (parent == null && isRising(parents)) {
      routeRising(slice, parents);
      return;
    }
    if (parent == null && routed == null && routeTogether(slice, parents)) {
      return;
    }
    int[] cutOf = new int[n];
    int unknown = 0;
    int guess = 0;
    boolean rising = true;
    for (int i = 0; i < n; i++) {
      long id = Integer.toUnsignedLong(parents.get(i));
      int cut;
      if (parent == null) {
        cut = guess = cuts.of(id, guess);
        cut = cut < 0 || cut == cuts.count() ? ELSEWHERE : cut;
      } else {
        cut = id < lowestKnown ? ELSEWHERE : parent.routed.cut(id);
        unknown += cut == RoutedIds.UNKNOWN ? 1 : 0;
      }
      cutOf[i] = cut;
      rising &= i == 0 || cut >= cutOf[i - 1];
    }
    if (routed != null) {
      note(slice, cutOf);
    }
    if (unknown > 0) {
      Slice unknownRows = new Slice(slice.file(), pick(rows, cutOf, RoutedIds.UNKNOWN));
      waiting.add(unknownRows);
      sink.waits(type, unknownRows);
    }
    if (rising) {
      emitRuns(slice, cutOf, null);
    } else {
      int[] order = byCut(cutOf);
      int[] sorted = new int[n];
      for (int i = 0; i < n; i++) {
        sorted[i] = cutOf[order[i]];
      }
      emitRuns(slice, sorted, order);
    }
  }

  /** Routes the children of roots if all are of one cut or two; false if they are not. */
  private boolean routeTogether(Slice slice, IntVector parents) throws IOException {
    int n = parents.length();
    IdRange range = IdRange.of(parents, 0, n);
    int cut = cuts.of(range.min(), -1);
    if (cuts.of(range.max(), cut) == cut) {
      emit(cut, slice, 0, n);
      return true;
    }
    if (cut + 1 > cuts.count() || cuts.of(range.max(), cut + 1) != cut + 1) {
      return false;
    }
    int[] order = new int[n];
    int first = partition(parents, cuts.ids()[cut + 1], order);
    Slice inOrder = new Slice(slice.file(), slice.rows().gather(order, 0, n));
    emit(cut, inOrder, 0, first);
    emit(cut + 1, inOrder, first, n);
    return true;
  }

  /** Rows of parents before {@code border}, then the others; how many there are of the former. */
  private static int partition(IntVector parents, long border, int[] order) {
    int n = order.length;
    int least = (int) border + Integer.MIN_VALUE;
    int first = 0;
    for (int i = 0; i < n; i++) {
      first += parents.get(i) + Integer.MIN_VALUE < least ? 1 : 0;
    }
    int before = 0;
    int behind = first;
    for (int i = 0; i < n; i++) {
      boolean isBefore = parents.get(i) + Integer.MIN_VALUE < least;
      order[isBefore ? before : behind] = i;
      before += isBefore ? 1 : 0;
      behind += isBefore ? 0 : 1;
    }
    return first;
  }

  private void emit(int cut, Slice slice, int from, int to) throws IOException {
    if (cut >= 0 && cut < cuts.count()) {
      sink.slice(cut, type, slice, from, to);
    }
  }

  private static boolean isRising(IntVector parents) {
    boolean rising = true;
    for (int i = 1; i < parents.length(); i++) {
      rising &= Integer.compareUnsigned(parents.get(i - 1), parents.get(i)) <= 0;
    }
    return rising;
  }

  /** Children of roots in the order of their parents, as exporters write them: range by range. */
  private void routeRising(Slice slice, IntVector parents) throws IOException {
    int n = parents.length();
    int[] ends = new int[4];
    int[] cutsOfEnds = new int[4];
    int ranges = 0;
    for (int from = 0; from < n; from = ends[ranges++]) {
      if (ranges == ends.length) {
        ends = Arrays.copyOf(ends, 2 * ranges);
        cutsOfEnds = Arrays.copyOf(cutsOfEnds, 2 * ranges);
      }
      int cut = cuts.of(Integer.toUnsignedLong(parents.get(from)), -1);
      ends[ranges] = cut == cuts.count() ? n : firstFrom(parents, from, cuts.ids()[cut + 1]);
      cutsOfEnds[ranges] = cut < 0 || cut == cuts.count() ? ELSEWHERE : cut;
    }
    if (routed != null) {
      int[] cutOf = new int[n];
      for (int r = 0, from = 0; r < ranges; from = ends[r++]) {
        Arrays.fill(cutOf, from, ends[r], cutsOfEnds[r]);
      }
      note(slice, cutOf);
    }
    for (int r = 0, from = 0; r < ranges; from = ends[r++]) {
      if (cutsOfEnds[r] >= 0) {
        sink.slice(cutsOfEnds[r], type, slice, from, ends[r]);
      }
    }
  }

  /** The first row behind {@code from} whose parent, all rising, is at least {@code id}. */
  private static int firstFrom(IntVector parents, int from, long id) {
    int lo = from + 1;
    int hi = parents.length();
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (Integer.toUnsignedLong(parents.get(mid)) < id) {
        lo = mid + 1;
      } else {
        hi = mid;
      }
    }
    return lo;
  }

  private void emitRuns(Slice slice, int[] cutOf, int[] order) throws IOException {
    int n = cutOf.length;
    Slice sorted =
        order == null ? slice : new Slice(slice.file(), slice.rows().gather(order, 0, n));
    for (int from = 0, to; from < n; from = to) {
      to = from + 1;
      while (to < n && cutOf[to] == cutOf[from]) {
        to++;
      }
      if (cutOf[from] >= 0) {
        sink.slice(cutOf[from], type, sorted, from, to);
      }
    }
  }

  private void note(Slice slice, int[] cutOf) throws OtapException {
    try {
      routed.add((IntVector) slice.rows().vector(type.id()), cutOf);
    } catch (IdMap.DuplicateId e) {
      throw OtapException.of(
              OtapErrorKind.RECONSTRUCTION,
              "two rows have the id " + e.id() + ", so their children cannot be told apart")
          .at(Place.table(type.folder(), slice.file()));
    }
  }

  private static OtapTable pick(OtapTable rows, int[] cutOf, int wanted) {
    int[] picked = new int[cutOf.length];
    int n = 0;
    for (int i = 0; i < cutOf.length; i++) {
      if (cutOf[i] == wanted) {
        picked[n++] = i;
      }
    }
    return rows.gather(picked, 0, n);
  }

  /** Rows by cut, those of one cut in their order: a counting sort over the cuts that occur. */
  private static int[] byCut(int[] cutOf) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    for (int cut : cutOf) {
      min = Math.min(min, cut);
      max = Math.max(max, cut);
    }
    if ((long) max - min > 16L * cutOf.length + 1024) {
      return sortedByCut(cutOf);
    }
    int[] next = new int[max - min + 2];
    for (int cut : cutOf) {
      next[cut - min + 1]++;
    }
    for (int c = 0; c <= max - min; c++) {
      next[c + 1] += next[c];
    }
    int[] order = new int[cutOf.length];
    for (int i = 0; i < cutOf.length; i++) {
      order[next[cutOf[i] - min]++] = i;
    }
    return order;
  }

  private static int[] sortedByCut(int[] cutOf) {
    long[] pairs = new long[cutOf.length];
    for (int i = 0; i < cutOf.length; i++) {
      pairs[i] = (long) cutOf[i] << 32 | i;
    }
    Arrays.sort(pairs);
    int[] order = new int[cutOf.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) pairs[i];
    }
    return order;
  }
}
