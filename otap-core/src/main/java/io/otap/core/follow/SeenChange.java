/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;

/** A step in what is known of the files. */
@Internal
public sealed interface SeenChange {

  void applyTo(SeenFiles seen);

  /** A file has come to a stage. */
  record Reached(FileKey file, FileStage stage) implements SeenChange {

    @Override
    public void applyTo(SeenFiles seen) {
      seen.put(file, stage);
    }
  }

  /** A file is forgotten. */
  record Forgotten(FileKey file) implements SeenChange {

    @Override
    public void applyTo(SeenFiles seen) {
      seen.remove(file);
    }
  }

  /**
   * Files of a partition were removed.
   *
   * @param highest the largest id that their rows have or may belong to
   */
  record Removed(String partition, long highest) implements SeenChange {

    @Override
    public void applyTo(SeenFiles seen) {
      seen.removed(partition, highest);
    }
  }

  /** A partition is gone. */
  record Gone(String partition) implements SeenChange {

    @Override
    public void applyTo(SeenFiles seen) {
      seen.gone(partition);
    }
  }
}
