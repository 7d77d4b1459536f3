/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.IOUtils;

/** A staged file that is being written. */
@Internal
public final class StagedStream extends OutputStream {

  private static final int BUFFER = 1 << 16;

  private final FileSystem files;
  private final Path path;
  private final FSDataOutputStream file;
  private final OutputStream out;
  private long length;

  StagedStream(FileSystem files, Path path, FSDataOutputStream file) {
    this.files = files;
    this.path = path;
    this.file = file;
    this.out = new BufferedOutputStream(file, BUFFER);
  }

  /** Bytes so far. */
  public long length() {
    return length;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    length++;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    out.write(bytes, offset, count);
    length += count;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Closes the file. A local file is on the disk then; other file systems promise so on close. */
  public StagedPart finish() throws IOException {
    out.flush();
    if (!files.isDistributedFS()) {
      file.sync();
    }
    file.close();
    return new StagedPart(path.toString(), length);
  }

  /** Gives the file up, as {@link Staging#discard(FileSystem, Path)} does. */
  public void discard() {
    IOUtils.closeQuietly(file);
    Staging.discard(files, path);
  }

  /** Leaves the file open: only {@link #finish} and {@link #discard} end it. */
  @Override
  public void close() throws IOException {
    out.flush();
  }
}
