/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.Concatenation;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Recovery;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.recovery.AttributeSets;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the root rows of a split, cut by cut, and gives them their resources and scopes. */
final class RootRows implements Closeable {

  private final SplitPlan plan;
  private final PayloadType type;
  private final RecoveredRoots recovered;
  private final JumpingReader reader;
  private final boolean sumsAreMonotonic;
  private int run;

  RootRows(InputFiles files, SplitPlan plan, RecoveredRoots recovered, long firstRow, long endRow)
      throws IOException {
    this.plan = plan;
    this.type = plan.signal().root();
    this.recovered = recovered;
    List<Column> columns = plan.options().selection().columns(plan.signal());
    try {
      this.reader = new JumpingReader(files, plan.root(), columns, firstRow, endRow);
      this.sumsAreMonotonic =
          type == PayloadType.UNIVARIATE_METRICS
              && plan.options().defaultIsMonotonic()
              && columns.contains(type.column(Monotonic.COLUMN))
              && !files.footer(plan.root()).has(Monotonic.COLUMN);
    } catch (IOException | RuntimeException e) {
      throw InputFiles.placed(e, plan.root());
    }
  }

  /** Leaves out what comes before a row. */
  void pass(long row) throws IOException {
    try {
      reader.pass(row);
    } catch (IOException | RuntimeException e) {
      throw InputFiles.placed(e, plan.root());
    }
  }

  /** The next {@code count} rows. */
  RootSlice next(int count) throws IOException {
    long firstRow = reader.row();
    List<OtapTable> parts = new ArrayList<>();
    try {
      for (int missing = count; missing > 0; ) {
        OtapTable part = reader.next(missing);
        if (part == null) {
          throw OtapException.of(
                  OtapErrorKind.CORRUPT, "the file has fewer rows than its footer says")
              .at(Place.row(type.folder(), plan.root().path(), null, reader.row()));
        }
        parts.add(part);
        missing -= part.rows();
      }
    } catch (IOException | RuntimeException e) {
      throw InputFiles.placed(e, plan.root());
    }
    OtapTable rows = Concatenation.of(type, parts);
    return withOwners(sumsAreMonotonic ? Monotonic.sums(rows) : rows, firstRow);
  }

  long bytesRead() {
    return reader.bytesRead();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private RootSlice withOwners(OtapTable rows, long firstRow) throws OtapException {
    int n = rows.rows();
    Owners owners = new Owners(rows);
    int[] resourceIds = new int[n];
    int[] scopeIds = new int[n];
    byte[] resourceRecovery = new byte[n];
    byte[] scopeRecovery = new byte[n];
    int doubts = 0;
    for (int from = 0, to; from < n; from = to) {
      while (recovered.firstRow(run + 1) <= firstRow + from) {
        run++;
      }
      to = (int) Math.min(n, recovered.firstRow(run + 1) - firstRow);
      Recovery resource = checked(recovered.resourceClass(run), firstRow + from);
      Recovery scope = checked(recovered.scopeClass(run), firstRow + from);
      int resourceSet = fills(resource) ? recovered.resourceSet(run) : Owners.NO_ATTRIBUTES;
      int scopeSet = fills(scope) ? recovered.scopeSet(run) : Owners.NO_ATTRIBUTES;
      for (int row = from, next; row < to; row = next) {
        next = owners.assign(row, to, resourceSet, scopeSet);
        Arrays.fill(resourceIds, row, next, owners.resource());
        Arrays.fill(scopeIds, row, next, owners.scope());
      }
      Arrays.fill(resourceRecovery, from, to, (byte) resource.ordinal());
      Arrays.fill(scopeRecovery, from, to, (byte) scope.ordinal());
      doubts += resource.ordinal() + scope.ordinal();
    }
    List<OtapTable> shared = new ArrayList<>();
    attributes(PayloadType.RESOURCE_ATTRS, recovered.resources(), owners.resourceSets(), shared);
    attributes(PayloadType.SCOPE_ATTRS, recovered.scopes(), owners.scopeSets(), shared);
    OtapTable owned =
        rows.with(type.column("resource.id"), new IntVector(n, null, resourceIds))
            .with(type.column("scope.id"), new IntVector(n, null, scopeIds));
    return new RootSlice(
        plan.root().partition(),
        plan.root().path(),
        firstRow,
        owned,
        shared,
        doubts == 0 ? null : resourceRecovery,
        doubts == 0 ? null : scopeRecovery);
  }

  private boolean fills(Recovery recovery) {
    return plan.options().recovery().fills(recovery);
  }

  private Recovery checked(Recovery recovery, long row) throws OtapException {
    if (recovery == Recovery.N && plan.options().recovery().failsOnUndecided()) {
      throw OtapException.of(
              OtapErrorKind.RECOVERY,
              "the files do not tell to which resource or scope this row belongs; source.recovery ="
                  + " likely leaves such rows without resource attributes and counts them")
          .at(new Place(plan.root().partition(), type.folder(), plan.root().path(), null, row));
    }
    return recovery;
  }

  /** The attributes of the owners that have some, {@code parent_id} being the owner's number. */
  private void attributes(
      PayloadType type, AttributeSets sets, int[] setOfOwner, List<OtapTable> shared) {
    if (!plan.options().selection().reads(type)) {
      return;
    }
    int[] wanted = new int[setOfOwner.length];
    int[] owner = new int[setOfOwner.length];
    int n = 0;
    for (int i = 0; i < setOfOwner.length; i++) {
      if (setOfOwner[i] != Owners.NO_ATTRIBUTES) {
        owner[n] = i;
        wanted[n++] = setOfOwner[i];
      }
    }
    OtapTable table = n == 0 ? null : sets.table(Arrays.copyOf(wanted, n));
    if (table == null) {
      return;
    }
    IntVector index = (IntVector) table.vector(type.parentId());
    int[] parents = new int[table.rows()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = owner[index.get(i)];
    }
    shared.add(table.with(type.parentId(), new IntVector(parents.length, null, parents)));
  }
}
