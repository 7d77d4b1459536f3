/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;

/**
 * What has been found in a tree since it is followed.
 *
 * @param partitions sequences of ids with at least one file
 * @param seenFiles files remembered
 * @param followedFiles files whose footers are in memory
 * @param waitingRoots root files that are not released
 * @param releasedRoots root files turned into splits
 * @param leftOutRoots root files left out on purpose
 * @param unprovenRoots root files released without proof that all their children are there
 * @param lateChildFiles child files that came after their roots were released
 * @param unreadableFiles files left out because they cannot be read
 * @param forgottenFiles files forgotten because they are gone
 * @param removedFiles files that were read and then deleted or archived
 */
@Internal
public record FollowCounts(
    long partitions,
    long seenFiles,
    long followedFiles,
    long waitingRoots,
    long releasedRoots,
    long leftOutRoots,
    long unprovenRoots,
    long lateChildFiles,
    long unreadableFiles,
    long forgottenFiles,
    long removedFiles) {

  public static final FollowCounts NONE = new FollowCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The counts of two trees together. */
  public FollowCounts plus(FollowCounts other) {
    return new FollowCounts(
        partitions + other.partitions,
        seenFiles + other.seenFiles,
        followedFiles + other.followedFiles,
        waitingRoots + other.waitingRoots,
        releasedRoots + other.releasedRoots,
        leftOutRoots + other.leftOutRoots,
        unprovenRoots + other.unprovenRoots,
        lateChildFiles + other.lateChildFiles,
        unreadableFiles + other.unreadableFiles,
        forgottenFiles + other.forgottenFiles,
        removedFiles + other.removedFiles);
  }
}
