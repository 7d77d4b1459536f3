/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.export.ExportTarget;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * Files in a file system of Flink. While it is written, a file has a hidden name in its own folder;
 * readers of OTAP trees ignore names that begin with a dot.
 */
final class FolderTarget implements ExportTarget {

  private final Path base;

  FolderTarget(Path base) {
    this.base = base;
  }

  @Override
  public PendingFile create(String path) throws IOException {
    Path file = new Path(base, path);
    Path hidden = new Path(file.getParent(), "." + file.getName() + ".inprogress");
    FileSystem files = base.getFileSystem();
    files.mkdirs(file.getParent());
    return new FolderFile(files, hidden, file, files.create(hidden, WriteMode.NO_OVERWRITE));
  }

  private record FolderFile(FileSystem files, Path hidden, Path file, OutputStream stream)
      implements PendingFile {

    @Override
    public void publish() throws IOException {
      stream.close();
      if (!files.rename(hidden, file)) {
        throw new IOException("cannot rename " + hidden + " to " + file.getName());
      }
    }

    @Override
    public void discard() throws IOException {
      stream.close();
      files.delete(hidden, false);
    }
  }
}
