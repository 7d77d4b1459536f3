/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import java.nio.file.Path;

/**
 * A checkpoint that Flink has completed.
 *
 * @param id its number, which grows from one process of a run to the next
 * @param folder the folder with its metadata
 */
public record Checkpoint(long id, Path folder) {

  @Override
  public String toString() {
    return "checkpoint " + id;
  }
}
