/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * A complete file that has no name yet.
 *
 * @param folder where it goes, below the target; empty for the target itself
 * @param stem begin of its name, unique
 * @param extension end of its name
 * @param parts what it consists of, in order
 * @param movable whether no checkpoint knows the one part, so that it may be moved
 */
@Internal
public record RolledFile(
    String folder, String stem, String extension, List<StagedPart> parts, boolean movable) {

  public RolledFile {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || movable && parts.size() != 1) {
      throw new IllegalArgumentException("a file has parts, and one if it may be moved");
    }
  }
}
