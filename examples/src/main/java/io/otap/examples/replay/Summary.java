/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.examples.resume.Checkpoint;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines that a run says about itself. */
final class Summary {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MIB = 1 << 20;

  private Summary() {}

  /** The last line of a run that was not broken off. */
  static String of(ReplayPlan plan, ReplayTotals totals, Duration time) {
    return String.format(
        Locale.ROOT,
        "%s, %s, recovery %s, orphans %s, %.1f s",
        records(totals),
        size(plan.bytes()),
        join(totals.recovery()),
        totals.orphans().isEmpty() ? "none" : join(totals.orphans()),
        seconds(time));
  }

  /** A line while a run goes on. */
  static String progress(ReplayPlan plan, int splits, ReplayTotals totals, Duration time) {
    long records = totals.allRecords();
    double done = plan.records() == 0 ? 1 : Math.min(1, (double) records / plan.records());
    String left =
        done == 0
            ? ""
            : String.format(Locale.ROOT, ", %.0f s left", seconds(time) / done * (1 - done));
    return String.format(
        Locale.ROOT,
        "%s, %s, %,d of %,d records, %.1f MB/s%s",
        count(plan.partitions(), "partition"),
        count(splits, "split"),
        records,
        plan.records(),
        done * plan.bytes() / 1e6 / Math.max(0.001, seconds(time)),
        left);
  }

  /** A line while a folder is followed. */
  static String following(ReplayTotals totals, Checkpoint newest, Duration time) {
    return String.format(
        Locale.ROOT,
        "%s, %s, %,.0f s",
        records(totals),
        newest == null ? "no checkpoint yet" : newest.toString(),
        seconds(time));
  }

  static String records(ReplayTotals totals) {
    String all = count(totals.allRecords(), "record");
    return totals.records().isEmpty() ? all : all + " (" + join(totals.records()) + ")";
  }

  private static String count(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }

  private static String size(long bytes) {
    return bytes < MIB
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }

  private static String join(Map<?, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS_PER_SECOND;
  }
}
