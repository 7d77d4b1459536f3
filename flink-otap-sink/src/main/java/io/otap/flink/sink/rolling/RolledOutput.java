/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Files that a writer completed, to be published together.
 *
 * @param files in the order in which they are to appear
 * @param spent staged files that are needed only to go back to an earlier checkpoint
 */
@Internal
public record RolledOutput(List<RolledFile> files, List<String> spent) {

  public RolledOutput {
    files = List.copyOf(files);
    spent = List.copyOf(spent);
  }
}
