/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the name of a published file tells: {@code <stem>.<run>.<subtask>.<checkpoint>.<counter>},
 * then the extension.
 *
 * @param run the run of a job that published it; letters, digits, {@code -} and {@code _}
 * @param subtask the writer
 * @param checkpoint the checkpoint with which the file was complete; it was published when this or
 *     a later one had succeeded
 * @param counter number among the files of this writer and checkpoint
 */
@PublicEvolving
public record OutputName(String run, int subtask, long checkpoint, int counter) {

  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern FILE =
      Pattern.compile(
          "[^.]+\\.(" + RUN + ")\\.(\\d{1,9})\\.(\\d{1,18})\\.(\\d{1,9})\\.[A-Za-z0-9]+");

  public OutputName {
    requireRun(run);
  }

  /** Gives the run back, if it can stand in a name. */
  public static String requireRun(String run) {
    if (!RUN.matcher(run).matches()) {
      throw new IllegalArgumentException(
          "the run '" + run + "' is not 1 to 64 letters, digits, '-' or '_'");
    }
    return run;
  }

  /** What a file name tells, or null if no sink gave it. */
  public static OutputName of(String fileName) {
    Matcher parts = FILE.matcher(fileName);
    return parts.matches()
        ? new OutputName(
            parts.group(1),
            Integer.parseInt(parts.group(2)),
            Long.parseLong(parts.group(3)),
            Integer.parseInt(parts.group(4)))
        : null;
  }

  /**
   * The name of a file.
   *
   * @param stem something unique without a dot
   * @param extension with its dot
   */
  String file(String stem, String extension) {
    return stem + "." + this + extension;
  }

  @Override
  public String toString() {
    return run + "." + subtask + "." + checkpoint + "." + counter;
  }
}
