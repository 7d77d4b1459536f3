/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;

/**
 * A step in what is known of the files.
 *
 * @param stage the stage that the file has now; null if it is forgotten
 */
@Internal
public record SeenChange(FileKey file, FileStage stage) {

  public void applyTo(SeenFiles seen) {
    if (stage == null) {
      seen.remove(file);
    } else {
      seen.put(file, stage);
    }
  }
}
