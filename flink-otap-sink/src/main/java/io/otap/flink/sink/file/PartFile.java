/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import org.apache.flink.annotation.Internal;

/**
 * A closed part of a result, not visible before it is committed.
 *
 * @param path where it lies once committed; the order of the paths is the order in the result
 * @param length its bytes
 * @param recoverableVersion version of the next
 * @param recoverable what the file system needs to commit it
 */
@Internal
public record PartFile(
    Signal signal, String path, long length, int recoverableVersion, byte[] recoverable) {

  @Override
  public String toString() {
    return path;
  }
}
