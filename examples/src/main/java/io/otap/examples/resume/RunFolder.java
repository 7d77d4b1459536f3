/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder with the checkpoints of a run, for one process at a time. The lock is the operating
 * system's, so that it ends with the process however that ends.
 */
public final class RunFolder implements AutoCloseable {

  static final String LOCK = "otap-replay.lock";

  private final Path path;
  private final FileChannel channel;

  private RunFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder if it is not there.
   *
   * @throws OtapException of kind CONFIG if another process has it, or it cannot be a folder
   */
  public static RunFolder lock(Path path) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw OtapException.of(
          OtapErrorKind.CONFIG, path + " is a file; checkpoints need a folder", e);
    }
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "another process keeps its checkpoints in "
              + path
              + "; end it, or give another folder for checkpoints");
    }
    return new RunFolder(path, channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  public Path path() {
    return path;
  }

  /** The checkpoints that are there. */
  public StoredCheckpoints checkpoints() {
    return new StoredCheckpoints(path);
  }

  /** Gives the folder free. The lock file stays: to remove it would let two processes in. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
