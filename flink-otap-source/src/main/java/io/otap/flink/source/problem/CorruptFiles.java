/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.problem;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.source.storage.RetriesExhaustedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of files that cannot be read: the job fails, or they are left out, named and
 * counted, and noted in a folder if there is one for it.
 */
@Internal
public final class CorruptFiles implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(CorruptFiles.class);

  /** What lies in a file, and will lie in it the next time. */
  private static final Set<OtapErrorKind> OF_FILES =
      EnumSet.of(OtapErrorKind.CORRUPT, OtapErrorKind.SCHEMA);

  private static final String QUARANTINE = "quarantine:";

  private final boolean fail;
  private final String folder;

  private CorruptFiles(boolean fail, String folder) {
    this.fail = fail;
    this.folder = folder;
  }

  /**
   * @param option {@code fail}, {@code skip} or {@code quarantine:DIR}
   * @throws IllegalArgumentException if it is none of them
   */
  public static CorruptFiles of(String option) {
    if (option.equals("fail") || option.equals("skip")) {
      return new CorruptFiles(option.equals("fail"), null);
    }
    if (option.startsWith(QUARANTINE) && option.length() > QUARANTINE.length()) {
      return new CorruptFiles(false, option.substring(QUARANTINE.length()));
    }
    throw new IllegalArgumentException(option);
  }

  /**
   * Leaves out what a problem names.
   *
   * @throws OtapException the problem, if it is no file's fault or the job is to fail
   */
  public void leaveOut(OtapException problem) throws OtapException {
    if (!isOfFile(problem)) {
      throw problem;
    }
    leaveOutWhole(problem);
  }

  /**
   * Leaves out a file that a problem names, sound as it may be.
   *
   * @throws OtapException the problem, if the job is to fail
   */
  public void leaveOutWhole(OtapException problem) throws OtapException {
    if (fail) {
      throw problem;
    }
    LOG.warn("Left out, because source.on-corrupt says so: {}", problem.getMessage());
    if (folder != null) {
      note(problem);
    }
  }

  private static boolean isOfFile(OtapException problem) {
    return OF_FILES.contains(problem.kind())
        || problem.kind() == OtapErrorKind.IO && RetriesExhaustedException.isOfFile(problem);
  }

  /** One line of JSON in a file of its own: many file systems cannot append. */
  private void note(OtapException problem) throws OtapException {
    Path path = new Path(folder, "corrupt-" + UUID.randomUUID() + ".json");
    String line =
        "{\"kind\":\""
            + problem.kind()
            + "\",\"file\":"
            + quoted(problem.place().file())
            + ",\"reason\":"
            + quoted(problem.getMessage())
            + "}\n";
    try (OutputStream out = path.getFileSystem().create(path, FileSystem.WriteMode.NO_OVERWRITE)) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw OtapException.of(
          OtapErrorKind.IO,
          "the quarantine " + folder + " cannot be written: " + e.getMessage(),
          e);
    }
  }

  private static String quoted(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
