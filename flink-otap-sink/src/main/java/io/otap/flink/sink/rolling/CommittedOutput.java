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
    this.target = target.makeQualified(files);
    this.run = OutputName.requireRun(run);
  }

  /**
   * The files of later checkpoints. Files that make others understandable come behind them: root
   * tables before their children, so that they may be taken away in this order.
   */
  public List<Path> after(long checkpoint) throws IOException {
    List<Path> found = new ArrayList<>();
    if (files.exists(target)) {
      collect(target, checkpoint, found);
    }
    found.sort(Comparator.comparingInt(CommittedOutput::level).thenComparing(Path::toString));
    return found;
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
    for (Path file : after(checkpoint)) {
      Path aside = new Path(new Path(target, SUPERSEDED), relative(file));
      files.mkdirs(aside.getParent());
      if (!files.rename(file, aside)) {
        throw OtapException.of(
            OtapErrorKind.IO, "the file " + file + " could not be moved to " + aside);
      }
      moved.add(aside);
    }
    return moved;
  }

  private void collect(Path folder, long checkpoint, List<Path> found) throws IOException {
    FileStatus[] entries = files.listStatus(folder);
    if (entries == null) {
      throw OtapException.of(OtapErrorKind.IO, "the folder " + folder + " cannot be listed");
    }
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (entry.isDir()) {
        if (!name.startsWith(".") && !(folder.equals(target) && name.equals(SUPERSEDED))) {
          collect(entry.getPath(), checkpoint, found);
        }
      } else {
        OutputName output = OutputName.of(name);
        if (output != null && output.run().equals(run) && output.checkpoint() > checkpoint) {
          found.add(entry.getPath());
        }
      }
    }
  }

  private String relative(Path file) {
    StringBuilder relative = new StringBuilder(file.getName());
    for (Path p = file.getParent(); p.depth() > target.depth(); p = p.getParent()) {
      relative.insert(0, p.getName() + Path.SEPARATOR);
    }
    return relative.toString();
  }

  private static int level(Path file) {
    for (Path p = file.getParent(); p != null; p = p.getParent()) {
      PayloadType table = PayloadType.ofFolder(p.getName());
      if (table != null) {
        return table.level();
      }
    }
    return 0;
  }
}
