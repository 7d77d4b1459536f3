/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;

/** How far a file has come. Stages only rise. */
@Internal
public enum FileStage {
  /** A child file that was there when the roots that were released until now were released. */
  KNOWN,
  /** A root file that was turned into splits, or left out on purpose. Its ids still matter. */
  RELEASED,
  /** Nothing that may come needs the file; its footer is forgotten. */
  DONE;

  private static final FileStage[] VALUES = values();

  static FileStage of(int ordinal) {
    return VALUES[ordinal];
  }
}
