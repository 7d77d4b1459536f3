/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.follow.FollowRules;
import io.otap.core.follow.RootChoice;
import io.otap.core.scan.ReadOptions;
import io.otap.core.select.ReadSelection;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How trees are followed.
 *
 * @param interval time from the beginning of one listing to that of the next
 * @param pendingSplits splits that wait for one reader at most
 * @param failures consecutive listings that may fail
 * @param skipsExisting whether what is there at the start is left out
 * @param failsOnLate whether child rows that come too late fail the job
 * @param readsLate whether splits are made that find them
 * @param idleAfter how long there must be nothing to read until readers are idle; null if they
 *     never are
 * @param retained checkpoints that the job may go back to
 * @param splitSize bytes of a root file's rows in one split
 */
@Internal
public record FollowSettings(
    Duration interval,
    int pendingSplits,
    int failures,
    boolean skipsExisting,
    boolean failsOnLate,
    boolean readsLate,
    Duration idleAfter,
    int retained,
    long splitSize,
    RootChoice choice,
    FollowRules rules,
    ReadOptions read) {

  /** The same for a part of the trees. */
  public FollowSettings with(ReadSelection wanted) {
    return new FollowSettings(
        interval,
        pendingSplits,
        failures,
        skipsExisting,
        failsOnLate,
        readsLate,
        idleAfter,
        retained,
        splitSize,
        choice,
        rules,
        read.with(wanted));
  }
}
