/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What a run of a job has published into a target with a rolling sink, by the names of the files.
 *
 * <p>A job that goes back to checkpoint {@code N}, because a later one cannot be read, writes again
 * what it wrote after {@code N}. Move that away before:
 *
 * <pre>{@code
 * new CommittedOutput(target, "run-7").supersede(41);
 * }</pre>
 *
 * Rows from before {@code N} in files that were complete only after it are not lost: the sink keeps
 * them aside for as many checkpoints as it was told to.
 */
@PublicEvolving
public final class CommittedOutput {

  /** Folder in the target for what does not count any more. */
  public static final String SUPERSEDED = "superseded";

  private final Path target;
  private final String run;
  private final FileSystem files;

  /**
   * @param run the run that the sink was given, or the id of the job
   */
  public CommittedOutput(Path target, String run) throws IOException {
    this.files = Staging.checkTarget(target);
    this.target = target;
    this.run = OutputName.requireRun(run);
  }

  /**
   * The files of later checkpoints. Files that make others understandable come behind them: root
   * tables before their children, so that they may be taken away in this order.
   */
  public List<Path> after(long checkpoint) throws IOException {
    return later(checkpoint).stream().map(relative -> new Path(target, relative)).toList();
  }

  /**
   * Moves the files of later checkpoints to {@value #SUPERSEDED} in the target. The job must not be
   * running. After a failure it has to be repeated before a job is restored: from then on the later
   * checkpoints cannot be used, even if they can be read again.
   *
   * @return where the files lie now
   */
  public List<Path> supersede(long checkpoint) throws IOException {
    List<Path> moved = new ArrayList<>();
    for (String relative : later(checkpoint)) {
      Path aside = new Path(new Path(target, SUPERSEDED), relative);
      files.mkdirs(aside.getParent());
      if (!files.rename(new Path(target, relative), aside)) {
        throw OtapException.of(
            OtapErrorKind.IO,
            "the file " + relative + " in " + target + " could not be moved to " + aside);
      }
      moved.add(aside);
    }
    return moved;
  }

  /** Paths below the target, roots first. */
  private List<String> later(long checkpoint) throws IOException {
    List<String> found = new ArrayList<>();
    if (files.exists(target)) {
      collect(target, "", checkpoint, found);
    }
    found.sort(Comparator.comparingInt(CommittedOutput::level).thenComparing(path -> path));
    return found;
  }

  private void collect(Path folder, String prefix, long checkpoint, List<String> found)
      throws IOException {
    FileStatus[] entries = files.listStatus(folder);
    if (entries == null) {
      throw OtapException.of(OtapErrorKind.IO, "the folder " + folder + " cannot be listed");
    }
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (entry.isDir()) {
        if (!name.startsWith(".") && !(prefix.isEmpty() && name.equals(SUPERSEDED))) {
          collect(entry.getPath(), prefix + name + Path.SEPARATOR, checkpoint, found);
        }
      } else {
        OutputName output = OutputName.of(name);
        if (output != null && output.run().equals(run) && output.checkpoint() > checkpoint) {
          found.add(prefix + name);
        }
      }
    }
  }

  private static int level(String path) {
    for (String name : path.split(Path.SEPARATOR)) {
      PayloadType table = PayloadType.ofFolder(name);
      if (table != null) {
        return table.level();
      }
    }
    return 0;
  }
}
