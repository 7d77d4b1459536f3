/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.follow.FollowCounts;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What a continuous enumerator shows of itself. */
final class EnumeratorGauges {

  private final MetricGroup group;
  private final Supplier<FollowCounts> counts;

  private EnumeratorGauges(MetricGroup group, Supplier<FollowCounts> counts) {
    this.group = group;
    this.counts = counts;
  }

  /**
   * @param failures consecutive listings that have failed
   * @param lastListing milliseconds since 1970 of the end of the last complete listing
   */
  static void register(
      MetricGroup group,
      Supplier<FollowCounts> counts,
      Supplier<Integer> failures,
      Supplier<Long> lastListing) {
    EnumeratorGauges gauges = new EnumeratorGauges(group, counts);
    gauges.count("partitions", FollowCounts::partitions);
    gauges.count("seenFiles", FollowCounts::seenFiles);
    gauges.count("followedFiles", FollowCounts::followedFiles);
    gauges.count("waitingRootFiles", FollowCounts::waitingRoots);
    gauges.count("releasedRootFiles", FollowCounts::releasedRoots);
    gauges.count("leftOutRootFiles", FollowCounts::leftOutRoots);
    gauges.count("releasesWithoutProof", FollowCounts::unprovenRoots);
    gauges.count("lateChildFiles", FollowCounts::lateChildFiles);
    gauges.count("corruptFiles", FollowCounts::unreadableFiles);
    gauges.count("forgottenFiles", FollowCounts::forgottenFiles);
    gauges.count("removedFiles", FollowCounts::removedFiles);
    group.gauge("listingFailures", (Gauge<Integer>) failures::get);
    group.gauge("discoveryLag", (Gauge<Long>) () -> System.currentTimeMillis() - lastListing.get());
  }

  private void count(String name, ToLongFunction<FollowCounts> of) {
    group.gauge(name, (Gauge<Long>) () -> of.applyAsLong(counts.get()));
  }
}
