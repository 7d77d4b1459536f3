/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of all processes of a run. Each process keeps its own in a folder named by its
 * Flink job; their numbers go on from one to the next.
 */
public final class StoredCheckpoints {

  /** Folder for checkpoints that must not be used any more. */
  public static final String SUPERSEDED = "superseded";

  private static final String JOB = "[0-9a-f]{32}";
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

  private final Path folder;

  StoredCheckpoints(Path folder) {
    this.folder = folder;
  }

  /** Completed ones, newest first. */
  public List<Checkpoint> list() throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    for (Path checkpoint : folders()) {
      if (Files.exists(checkpoint.resolve(StoredState.METADATA))) {
        found.add(new Checkpoint(id(checkpoint), checkpoint));
      }
    }
    found.sort(Comparator.comparingLong(Checkpoint::id).reversed());
    return found;
  }

  /** Folders of checkpoints, completed or not. */
  private List<Path> folders() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path job : children(folder)) {
      if (job.getFileName().toString().matches(JOB)) {
        for (Path checkpoint : children(job)) {
          if (CHECKPOINT.matcher(checkpoint.getFileName().toString()).matches()) {
            found.add(checkpoint);
          }
        }
      }
    }
    return found;
  }

  private static List<Path> children(Path parent) throws IOException {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
        entries.forEach(children::add);
      } catch (NoSuchFileException e) {
        return List.of();
      }
    }
    return children;
  }

  private static long id(Path checkpoint) {
    Matcher name = CHECKPOINT.matcher(checkpoint.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  /** Puts a checkpoint where {@link #list} does not find it. */
  void supersede(Checkpoint checkpoint) throws IOException {
    Path aside =
        folder
            .resolve(SUPERSEDED)
            .resolve(checkpoint.folder().getParent().getFileName())
            .resolve(checkpoint.folder().getFileName());
    Files.createDirectories(aside.getParent());
    Files.move(checkpoint.folder(), aside);
  }

  /**
   * Removes what processes that were killed left behind: checkpoints that were not completed, and
   * completed ones that are more than so many behind the newest. No job may be running.
   */
  public void prune(int retained) throws IOException {
    List<Path> kept = list().stream().limit(retained).map(Checkpoint::folder).toList();
    for (Path checkpoint : folders()) {
      if (!kept.contains(checkpoint)) {
        delete(checkpoint);
      }
    }
    for (Path job : children(folder)) {
      if (job.getFileName().toString().matches(JOB)
          && kept.stream().noneMatch(checkpoint -> checkpoint.startsWith(job))) {
        delete(job);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
