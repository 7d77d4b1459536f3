/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import io.otap.core.TestData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * {@code testdata:/mixed/parquet} is a set wherever the repository lies, so that a savepoint that
 * names its files can be read anywhere.
 */
public final class RelocatedFileSystem extends FileSystem {

  static final String SCHEME = "testdata";

  /** Known to Flink by its service file. */
  public static final class Factory implements FileSystemFactory {

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
      return new RelocatedFileSystem();
    }
  }

  private static Path local(Path path) {
    return new Path(
        TestData.root()
            .toAbsolutePath()
            .normalize()
            .toUri()
            .resolve(path.toUri().getPath().substring(1)));
  }

  /** A file or folder under its name in this file system. */
  private record Status(FileStatus local, Path path) implements FileStatus {

    @Override
    public long getLen() {
      return local.getLen();
    }

    @Override
    public long getBlockSize() {
      return local.getBlockSize();
    }

    @Override
    public short getReplication() {
      return local.getReplication();
    }

    @Override
    public long getModificationTime() {
      return local.getModificationTime();
    }

    @Override
    public long getAccessTime() {
      return local.getAccessTime();
    }

    @Override
    public boolean isDir() {
      return local.isDir();
    }

    @Override
    public Path getPath() {
      return path;
    }
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    FileStatus[] found = LocalFileSystem.getSharedInstance().listStatus(local(folder));
    if (found == null) {
      return null;
    }
    for (int i = 0; i < found.length; i++) {
      found[i] = new Status(found[i], new Path(folder, found[i].getPath().getName()));
    }
    return found;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return new Status(LocalFileSystem.getSharedInstance().getFileStatus(local(path)), path);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    return LocalFileSystem.getSharedInstance().open(local(path));
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return open(path);
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(java.nio.file.Path.of(local(path).toUri()));
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
    return new BlockLocation[0];
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(SCHEME + ":/");
  }

  @Override
  public Path getHomeDirectory() {
    return getWorkingDirectory();
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":/");
  }

  @Override
  public boolean isDistributedFS() {
    return false;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    throw readOnly();
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    throw readOnly();
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    throw readOnly();
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw readOnly();
  }

  private static IOException readOnly() {
    return new IOException("test data is only read");
  }
}
