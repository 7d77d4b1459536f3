/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.problem;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** What becomes of files that no one will read again: they stay, are deleted, or moved. */
@Internal
public final class AfterRead {

  private static final String ARCHIVE = "archive:";

  private final boolean removes;
  private final String archive;

  private AfterRead(boolean removes, String archive) {
    this.removes = removes;
    this.archive = archive;
  }

  /**
   * @param option {@code keep}, {@code delete} or {@code archive:DIR}
   * @throws IllegalArgumentException if it is none of them
   */
  public static AfterRead of(String option) {
    if (option.equals("keep") || option.equals("delete")) {
      return new AfterRead(option.equals("delete"), null);
    }
    if (option.startsWith(ARCHIVE) && option.length() > ARCHIVE.length()) {
      return new AfterRead(true, option.substring(ARCHIVE.length()));
    }
    throw new IllegalArgumentException(option);
  }

  /** Whether files do not stay. */
  public boolean removesFiles() {
    return removes;
  }

  /**
   * @throws OtapException of kind CONFIG if files would be moved to where they are found again
   */
  public void check(Path base) throws OtapException {
    if (archive != null && below(new Path(archive).getPath(), base.getPath())) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "the archive "
              + archive
              + " lies in the tree "
              + base
              + " that is read; choose a folder outside");
    }
  }

  private static boolean below(String path, String folder) {
    return (path + "/").startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  /** Takes a file of a tree away. A file that is gone already is no error. */
  public void remove(Path base, Path file) throws IOException {
    FileSystem files = file.getFileSystem();
    if (!files.exists(file)) {
      return;
    }
    if (archive == null) {
      files.delete(file, false);
      return;
    }
    Path target = new Path(archive, file.getPath().substring(base.getPath().length() + 1));
    files.mkdirs(target.getParent());
    if (!files.rename(file, target)) {
      throw OtapException.of(
          OtapErrorKind.IO, "the file " + file + " could not be moved to " + target);
    }
  }
}
