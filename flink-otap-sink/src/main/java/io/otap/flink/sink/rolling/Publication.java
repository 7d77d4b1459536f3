/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * What happens when a checkpoint has succeeded.
 *
 * @param marker a staged file that says that all files were published; empty without files
 * @param files what appears, in this order
 * @param obsolete staged files that are removed then
 */
@Internal
public record Publication(String marker, List<OutputFile> files, List<String> obsolete) {

  public Publication {
    files = List.copyOf(files);
    obsolete = List.copyOf(obsolete);
  }

  /**
   * A file that appears.
   *
   * @param path its final path, that of no other file
   * @param movable whether the one part may be moved
   */
  public record OutputFile(String path, List<StagedPart> parts, boolean movable) {

    public OutputFile {
      parts = List.copyOf(parts);
    }
  }
}
