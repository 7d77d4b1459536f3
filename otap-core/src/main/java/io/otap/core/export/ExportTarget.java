/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.annotation.PublicEvolving;
import java.io.IOException;
import java.io.OutputStream;

/** Where files of a tree go: a local disk, a file system of Flink with its commit protocol. */
@PublicEvolving
public interface ExportTarget {

  /**
   * Starts a file that readers do not see yet.
   *
   * @param path path below the tree's base, with slashes
   */
  PendingFile create(String path) throws IOException;

  /** A file that is written but not visible. */
  interface PendingFile {

    /** What the file's bytes are written to; not closed by the writer. */
    OutputStream stream();

    /**
     * The file is complete: closes the stream and makes the file visible, now or, in a target that
     * commits later, in the order of these calls.
     */
    void publish() throws IOException;

    /** The file is not wanted. */
    void discard() throws IOException;
  }
}
