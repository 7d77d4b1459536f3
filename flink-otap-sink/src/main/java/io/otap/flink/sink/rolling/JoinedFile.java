/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A file that is a copy of others, one behind the other. */
@Internal
public final class JoinedFile {

  private static final int BLOCK = 1 << 20;

  private JoinedFile() {}

  /** Writes the file anew, and on a local disk down to the device. */
  public static void write(FileSystem files, List<Path> parts, Path target) throws IOException {
    byte[] block = new byte[BLOCK];
    try (FSDataOutputStream out = files.create(target, FileSystem.WriteMode.OVERWRITE)) {
      for (Path part : parts) {
        try (FSDataInputStream in = files.open(part)) {
          for (int n = in.read(block); n >= 0; n = in.read(block)) {
            out.write(block, 0, n);
          }
        }
      }
      if (!files.isDistributedFS()) {
        out.sync();
      }
    }
  }
}
