/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Joins parts to the result files of a folder. May be repeated after any failure: what was already
 * published is recognised, and the parts are only removed once everything is.
 */
@Internal
public final class ResultFiles {

  static final String EXTENSION = ".binpb";

  private static final int BLOCK = 1 << 20;

  private final Path folder;
  private final Path staging;
  private final boolean overwrite;
  private final FileSystem fileSystem;
  private final PartJoin join;

  /**
   * @param staging hidden folder for what is not published yet
   * @param overwrite whether results that are there may be replaced
   */
  public ResultFiles(Path folder, Path staging, boolean overwrite) throws IOException {
    this.folder = folder;
    this.staging = staging;
    this.overwrite = overwrite;
    this.fileSystem = folder.getFileSystem();
    this.join = new PartJoin(fileSystem);
  }

  /** The result of a signal in a folder. */
  public static Path of(Path folder, Signal signal) {
    return new Path(folder, signal.id() + EXTENSION);
  }

  /** Publishes the results of these parts in their order, then removes the folders of the parts. */
  void publish(List<PartFile> parts) throws IOException {
    Map<Signal, Path> joined = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      List<PartFile> own = parts.stream().filter(part -> part.signal() == signal).toList();
      Path result = of(folder, signal);
      if (own.isEmpty() || isPublished(result, own)) {
        continue;
      }
      if (!overwrite && fileSystem.exists(result)) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "the result " + result + " came into being while the job ran; it is left as it is");
      }
      joined.put(signal, join.join(own, new Path(staging, signal.id() + ".joined")));
    }
    for (Map.Entry<Signal, Path> entry : joined.entrySet()) {
      rename(entry.getValue(), of(folder, entry.getKey()));
    }
    Set<Path> folders = new HashSet<>(Set.of(staging));
    parts.forEach(part -> folders.add(new Path(part.path()).getParent()));
    for (Path done : folders) {
      fileSystem.delete(done, true);
    }
  }

  /** Whether the result is what the parts give; parts that are gone can only be told by length. */
  private boolean isPublished(Path result, List<PartFile> parts) throws IOException {
    long length = parts.stream().mapToLong(PartFile::length).sum();
    if (!fileSystem.exists(result) || fileSystem.getFileStatus(result).getLen() != length) {
      return false;
    }
    byte[] expected = new byte[BLOCK];
    byte[] actual = new byte[BLOCK];
    try (FSDataInputStream in = fileSystem.open(result)) {
      long start = 0;
      for (PartFile part : parts) {
        Path path = new Path(part.path());
        if (fileSystem.exists(path) && !equal(in, start, path, part, expected, actual)) {
          return false;
        }
        start += part.length();
      }
    }
    return true;
  }

  private boolean equal(
      FSDataInputStream result,
      long start,
      Path path,
      PartFile part,
      byte[] expected,
      byte[] actual)
      throws IOException {
    result.seek(start);
    DataInputStream results = new DataInputStream(result);
    try (DataInputStream in = new DataInputStream(fileSystem.open(path))) {
      for (long at = 0; at < part.length(); at += BLOCK) {
        int n = (int) Math.min(BLOCK, part.length() - at);
        in.readFully(expected, 0, n);
        results.readFully(actual, 0, n);
        if (!Arrays.equals(expected, 0, n, actual, 0, n)) {
          return false;
        }
      }
    }
    return true;
  }

  private void rename(Path from, Path to) throws IOException {
    if (fileSystem.isDistributedFS() && fileSystem.exists(to)) {
      fileSystem.delete(to, false);
    }
    if (!fileSystem.rename(from, to)) {
      throw OtapException.of(
          OtapErrorKind.IO, "the result could not be renamed from " + from + " to " + to);
    }
  }
}
