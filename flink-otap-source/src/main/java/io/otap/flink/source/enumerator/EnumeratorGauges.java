/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.follow.FollowCounts;
import io.otap.flink.source.metrics.SourceMetric;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.MetricGroup;

/** What enumerators show of themselves. */
@Internal
public final class EnumeratorGauges {

  private final MetricGroup group;
  private final Supplier<FollowCounts> counts;

  private EnumeratorGauges(MetricGroup group, Supplier<FollowCounts> counts) {
    this.group = group;
    this.counts = counts;
  }

  /** Those of every enumerator. */
  public static void register(MetricGroup group, Supplier<FollowCounts> counts) {
    EnumeratorGauges gauges = new EnumeratorGauges(group, counts);
    gauges.add(SourceMetric.PARTITIONS, FollowCounts::partitions);
    gauges.add(SourceMetric.FILES, FollowCounts::seenFiles);
    gauges.add(SourceMetric.LEFT_OUT_ROOT_FILES, FollowCounts::leftOutRoots);
    gauges.add(SourceMetric.CORRUPT_FILES, FollowCounts::unreadableFiles);
  }

  /**
   * Those of an enumerator that follows trees.
   *
   * @param failures consecutive listings that have failed
   * @param lastListing milliseconds since 1970 of the end of the last complete listing
   */
  static void register(
      MetricGroup group,
      Supplier<FollowCounts> counts,
      IntSupplier failures,
      LongSupplier lastListing) {
    register(group, counts);
    EnumeratorGauges gauges = new EnumeratorGauges(group, counts);
    gauges.add(SourceMetric.FOLLOWED_FILES, FollowCounts::followedFiles);
    gauges.add(SourceMetric.WAITING_ROOT_FILES, FollowCounts::waitingRoots);
    gauges.add(SourceMetric.RELEASED_ROOT_FILES, FollowCounts::releasedRoots);
    gauges.add(SourceMetric.UNPROVEN_RELEASES, FollowCounts::unprovenRoots);
    gauges.add(SourceMetric.LATE_CHILD_FILES, FollowCounts::lateChildFiles);
    gauges.add(SourceMetric.FORGOTTEN_FILES, FollowCounts::forgottenFiles);
    gauges.add(SourceMetric.REMOVED_FILES, FollowCounts::removedFiles);
    SourceMetric.LISTING_FAILURES.gauge(group, () -> (long) failures.getAsInt());
    SourceMetric.DISCOVERY_LAG.gauge(
        group, () -> System.currentTimeMillis() - lastListing.getAsLong());
  }

  private void add(SourceMetric metric, ToLongFunction<FollowCounts> of) {
    metric.gauge(group, () -> of.applyAsLong(counts.get()));
  }
}
