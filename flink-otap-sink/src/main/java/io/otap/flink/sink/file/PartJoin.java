/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.rolling.JoinedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Puts parts one behind the other into one file. On a local disk the others go behind the first,
 * which takes neither the time nor the room of a copy of it; what an attempt that broke off has put
 * there is cut off again. Other file systems have files that only grow while they are written, so
 * that all parts are copied.
 */
final class PartJoin {

  private final FileSystem fileSystem;
  private final boolean grows;

  PartJoin(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.grows = fileSystem.getUri().getScheme().equals("file");
  }

  /**
   * The file with all parts: the first of them, or {@code target}.
   *
   * @param parts at least one
   */
  Path join(List<PartFile> parts, Path target) throws IOException {
    check(parts);
    Path first = new Path(parts.get(0).path());
    if (grows) {
      append(parts);
      return first;
    }
    if (parts.size() == 1) {
      return first;
    }
    JoinedFile.write(
        fileSystem, parts.stream().map(part -> new Path(part.path())).toList(), target);
    return target;
  }

  private void check(List<PartFile> parts) throws IOException {
    List<String> missing = new ArrayList<>();
    for (PartFile part : parts) {
      Path path = new Path(part.path());
      long found = fileSystem.exists(path) ? fileSystem.getFileStatus(path).getLen() : -1;
      if (grows ? found < part.length() : found != part.length()) {
        missing.add(part.path());
      }
    }
    if (!missing.isEmpty()) {
      throw OtapException.of(
          OtapErrorKind.MISSING_FILE,
          "the result cannot be joined, because written parts are gone or changed: " + missing);
    }
  }

  private static void append(List<PartFile> parts) throws IOException {
    PartFile first = parts.get(0);
    try (FileChannel out = FileChannel.open(local(first), StandardOpenOption.WRITE)) {
      out.truncate(first.length()).position(first.length());
      for (PartFile part : parts.subList(1, parts.size())) {
        try (FileChannel in = FileChannel.open(local(part), StandardOpenOption.READ)) {
          for (long at = 0; at < part.length(); ) {
            long moved = in.transferTo(at, part.length() - at, out);
            if (moved == 0) {
              throw new EOFException("the part " + part.path() + " ends at byte " + at);
            }
            at += moved;
          }
        }
      }
    }
  }

  private static java.nio.file.Path local(PartFile part) {
    return java.nio.file.Path.of(new Path(part.path()).getPath());
  }
}
