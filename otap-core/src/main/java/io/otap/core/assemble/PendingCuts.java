/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.GrowingTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.SplitPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Child rows that wait in the reader until their cut is complete, within its memory. They are
 * copied from the buffers into which they were decoded, which stay in the processor's cache, to
 * where the batch has them.
 */
final class PendingCuts implements SliceSink {

  /** A part that is larger is not made larger: growing would copy too much. */
  private static final long LARGE = 8L << 20;

  private static final int FIRST_ROWS = 64;

  private final SplitPlan plan;
  private final int sliceRows;
  private final Map<Integer, Map<PayloadType, List<Part>>> cuts = new HashMap<>();

  /** Rows that the cut before had of each table. */
  private final Map<PayloadType, Integer> usual = new EnumMap<>(PayloadType.class);

  private List<OrphanRows> orphans = new ArrayList<>();
  private long bytes;

  /**
   * @param sliceRows rows of a slice at most
   */
  PendingCuts(SplitPlan plan, int sliceRows) {
    this.plan = plan;
    this.sliceRows = sliceRows;
  }

  /** Rows of one file with the same dictionaries. */
  private record Part(String file, GrowingTable rows) {

    boolean takes(Slice read) {
      return file.equals(read.file()) && rows.exclusiveBytes() < LARGE && rows.takes(read.rows());
    }
  }

  @Override
  public void slice(int cut, PayloadType type, Slice read, int from, int to) throws OtapException {
    List<Part> parts =
        cuts.computeIfAbsent(cut, c -> new EnumMap<>(PayloadType.class))
            .computeIfAbsent(type, t -> new ArrayList<>());
    for (int at = from, end; at < to; at = end) {
      Part part = partFor(read, type, parts);
      end = (int) Math.min(to, (long) at + sliceRows - part.rows().rows());
      long before = part.rows().exclusiveBytes();
      part.rows().append(read.rows(), at, end);
      hold(type, read.file(), part.rows().exclusiveBytes() - before);
    }
  }

  private Part partFor(Slice read, PayloadType type, List<Part> parts) {
    Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null && last.rows().rows() < sliceRows && last.takes(read)) {
      return last;
    }
    int before = parts.stream().mapToInt(part -> part.rows().rows()).sum();
    int expected = Math.max(usual.getOrDefault(type, 0) - before, FIRST_ROWS);
    Part part = new Part(read.file(), new GrowingTable(type, Math.min(expected, sliceRows)));
    parts.add(part);
    return part;
  }

  @Override
  public void waits(PayloadType type, Slice slice) throws OtapException {
    hold(type, slice.file(), slice.rows().exclusiveBytes());
  }

  @Override
  public void resumes(Slice slice) {
    bytes -= slice.rows().exclusiveBytes();
  }

  private void hold(PayloadType type, String file, long more) throws OtapException {
    bytes += more;
    if (bytes > plan.options().readerMemory()) {
      throw OtapException.of(
              OtapErrorKind.RECONSTRUCTION,
              "rows of "
                  + cuts.size()
                  + " batches wait for their parents and need more than source.reader-memory = "
                  + plan.options().readerMemory()
                  + " bytes; give the option a larger value")
          .at(new Place(plan.root().partition(), type.folder(), file, null, -1));
    }
  }

  @Override
  public void orphans(OrphanRows rows) throws OtapException {
    if (plan.options().validateRelations()) {
      throw BatchJoin.orphan(
          rows.table(), plan.root().partition(), rows.file(), rows.parentIds()[0]);
    }
    orphans.add(rows);
  }

  Map<PayloadType, List<Slice>> take(int cut) {
    Map<PayloadType, List<Part>> held = cuts.remove(cut);
    if (held == null) {
      return Map.of();
    }
    Map<PayloadType, List<Slice>> taken = new EnumMap<>(PayloadType.class);
    held.forEach(
        (type, parts) -> {
          List<Slice> slices = new ArrayList<>(parts.size());
          int rows = 0;
          for (Part part : parts) {
            bytes -= part.rows().exclusiveBytes();
            slices.add(new Slice(part.file(), part.rows().table()));
            rows += part.rows().rows();
          }
          taken.put(type, slices);
          usual.put(type, rows);
        });
    return taken;
  }

  List<OrphanRows> takeOrphans() {
    List<OrphanRows> taken = orphans;
    orphans = new ArrayList<>();
    return taken;
  }
}
