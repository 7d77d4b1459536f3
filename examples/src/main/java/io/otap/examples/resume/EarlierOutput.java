/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import java.io.IOException;
import java.util.List;

/** What a run has put out before, in a target. */
public interface EarlierOutput {

  /** A target that keeps nothing that could be taken back, and where that does no harm. */
  EarlierOutput NONE = checkpoint -> List.of();

  /** A target that has passed everything on. */
  EarlierOutput SENT =
      new EarlierOutput() {

        @Override
        public List<String> supersede(long checkpoint) {
          return List.of();
        }

        @Override
        public boolean canBeTakenBack() {
          return false;
        }
      };

  /**
   * Takes back what came with later checkpoints, because it is going to come again. Has no effect
   * if there is nothing, or nothing is left.
   *
   * @param checkpoint 0 for all
   * @return where it lies now, to be told
   */
  List<String> supersede(long checkpoint) throws IOException;

  /** Whether {@link #supersede} can do that at all. */
  default boolean canBeTakenBack() {
    return true;
  }
}
