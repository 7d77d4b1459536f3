/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hidden folder {@code .staging-<run>-<subtask>} in a target, where everything that a writer
 * writes lies until it is published or no checkpoint needs it any more. Each writer has its own, so
 * that it can be removed at the end without looking at others.
 */
@Internal
public final class Staging {

  private final Path target;
  private final Path folder;
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

  private final FileSystem files;

  public Staging(Path target, String run, int subtask) throws IOException {
    this.target = target;
    this.folder = folder(target, run, subtask);
    this.files = checkTarget(target);
  }

  static Path folder(Path target, String run, int subtask) {
    return new Path(target, ".staging-" + run + "-" + subtask);
  }

  /**
   * The file system of a target.
   *
   * @throws OtapException of kind CONFIG if the target cannot be a folder
   */
  public static FileSystem checkTarget(Path target) throws IOException {
    FileSystem files;
    try {
      files = target.getFileSystem();
    } catch (UnsupportedFileSystemSchemeException e) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "Flink knows no file system for the target "
              + target
              + "; check the scheme, or put the plugin of that file system into Flink's plugins"
              + " folder",
          e);
    }
    if (files.exists(target) && !files.getFileStatus(target).isDir()) {
      throw OtapException.of(
          OtapErrorKind.CONFIG, "the target " + target + " is a file; give a folder");
    }
    return files;
  }

  /**
   * Begins a file.
   *
   * @param kind what it is, as the begin of its name
   */
  public StagedStream create(String kind) throws IOException {
    Path path = new Path(folder, kind + "-" + UUID.randomUUID());
    try {
      return new StagedStream(files, path, files.create(path, FileSystem.WriteMode.NO_OVERWRITE));
    } catch (IOException e) {
      throw OtapException.of(
          OtapErrorKind.IO,
          "cannot write to the target " + target + ", in its folder " + folder.getName(),
          e);
    }
  }

  /**
   * Checks that what a checkpoint refers to is still there.
   *
   * @throws OtapException of kind MISSING_FILE if a part is gone or has another length
   */
  public void require(List<StagedPart> parts) throws IOException {
    for (StagedPart part : parts) {
      if (!isThere(files, part)) {
        throw OtapException.of(
            OtapErrorKind.MISSING_FILE,
            "the checkpoint needs the staged file "
                + part.path()
                + " of "
                + part.length()
                + " bytes, which is gone or changed. Staged files are removed when so many later"
                + " checkpoints succeeded as the sink was told to be able to go back"
                + " (recoverableCheckpoints); restore a later checkpoint");
      }
    }
  }

  /** Reads a staged file. */
  public InputStream open(StagedPart part) throws IOException {
    return files.open(new Path(part.path()));
  }

  /** Gives a staged file up that nothing refers to. */
  public void discard(StagedPart part) {
    discard(files, new Path(part.path()));
  }

  /**
   * Removes a file, or leaves it for good and logs that: a task that fails while it ends takes its
   * whole task manager along.
   */
  static void discard(FileSystem files, Path path) {
    try {
      files.delete(path, false);
    } catch (IOException e) {
      LOG.warn("The staged file {}, which nobody needs, stays: {}", path, e.toString());
    }
  }

  static boolean isThere(FileSystem files, StagedPart part) throws IOException {
    Path path = new Path(part.path());
    return files.exists(path) && files.getFileStatus(path).getLen() == part.length();
  }
}
