/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Files of any scheme that Flink has a file system for. */
@Internal
public final class FlinkStorage implements Storage {

  @Override
  public List<Entry> list(String folder) throws IOException {
    Path path = new Path(folder);
    FileStatus[] statuses = path.getFileSystem().listStatus(path);
    if (statuses == null) {
      throw new FileNotFoundException("there is nothing at " + folder);
    }
    List<Entry> entries = new ArrayList<>(statuses.length);
    for (FileStatus status : statuses) {
      entries.add(
          new Entry(
              status.getPath().toString(),
              status.getPath().getName(),
              status.isDir(),
              status.isDir() ? 0 : status.getLen(),
              status.getModificationTime()));
    }
    return entries;
  }

  @Override
  public SeekableInput open(String file) throws IOException {
    Path path = new Path(file);
    FileSystem fileSystem = path.getFileSystem();
    long length = fileSystem.getFileStatus(path).getLen();
    return new StreamInput(fileSystem.open(path), length);
  }

  private static final class StreamInput implements SeekableInput {

    /** Of one read; local files and others copy through memory outside of the heap as large. */
    private static final int MOST = 1 << 20;

    private final FSDataInputStream stream;
    private final long length;

    StreamInput(FSDataInputStream stream, long length) {
      this.stream = stream;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int count) throws IOException {
      if (stream.getPos() != position) {
        stream.seek(position);
      }
      int read = 0;
      while (read < count) {
        int n = stream.read(buffer, offset + read, Math.min(MOST, count - read));
        if (n < 0) {
          throw new EOFException("the file ends at " + (position + read));
        }
        read += n;
      }
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
