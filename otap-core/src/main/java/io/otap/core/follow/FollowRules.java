/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;
import java.time.Duration;

/**
 * When a root file of a tree that grows is read (docs/DISCOVERY.md).
 *
 * @param releaseListings complete listings of the child tables that have to begin after a root file
 *     was first listed; more than 1 for storages whose listings leave files out for a while
 * @param lateChildren how long a root file waits for proof that tables which may be published after
 *     it are there
 * @param minFileAge how long a file must not have changed
 * @param forgetAfter how long a file that was read must be absent from all listings to be forgotten
 * @param removeAfter how long a file must have been done to be removed; null if files are kept
 */
@Internal
public record FollowRules(
    int releaseListings,
    Duration lateChildren,
    Duration minFileAge,
    Duration forgetAfter,
    Duration removeAfter) {

  public static final FollowRules DEFAULT =
      new FollowRules(1, Duration.ofSeconds(60), Duration.ZERO, Duration.ofDays(7), null);

  boolean removesFiles() {
    return removeAfter != null;
  }
}
