/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.scan.DataFile;
import io.otap.core.scan.ListedFile;

/** A file that still matters, with what has been observed of it. */
final class FollowedFile {

  final FileKey key;
  private final long firstListing;
  private ListedFile listed;
  private long unchangedSince;

  FileStage stage;

  /** Whether it is a root file that is not to be read. */
  boolean leftOut;

  /** Whether files that were done are followed again for its sake. */
  boolean recalled;

  /** What its footer tells; null until it was read. */
  DataFile data;

  /**
   * The earliest event time of a root file, as far as the files known at {@link #earliestOf} tell.
   */
  long earliest;

  /** How many footers of the partition had been read when {@link #earliest} was found. */
  long earliestOf = -1;

  /** When it was first listed. */
  final long firstSeen;

  /**
   * @param listing number of the listing that shows the file first
   */
  FollowedFile(FileKey key, ListedFile listed, FileStage stage, long listing, long now) {
    this.key = key;
    this.listed = listed;
    this.stage = stage;
    this.firstListing = listing;
    this.unchangedSince = now;
    this.firstSeen = now;
  }

  ListedFile listed() {
    return listed;
  }

  /** The file is listed again. */
  void seen(ListedFile again, long now) {
    if (again.length() != listed.length() || again.modified() != listed.modified()) {
      unchangedSince = now;
      listed = again;
    }
  }

  /** How many listings have begun and ended since the file was first listed, that one included. */
  long listings(long complete) {
    return complete - firstListing + 1;
  }

  /** The number of the listing that showed the file first. */
  long firstListing() {
    return firstListing;
  }

  /** By the storage's clock, or, should that run ahead, by ours. */
  boolean isUnchangedFor(long millis, long now) {
    return millis == 0 || listed.modified() <= now - millis || unchangedSince <= now - millis;
  }
}
