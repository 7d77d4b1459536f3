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
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Puts parts one behind the other into one file. On a local disk the others go behind the first,
 * which takes neither the time nor the room of a copy of it; what an attempt that broke off has put
 * there is cut off again. Other file systems have files that only grow while they are written, so
 * that all parts are copied.
 */
final class PartJoin {

  /** Bytes that one thread copies at a time. */
  private static final long PIECE = 16L << 20;

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

  /** In pieces, as many at a time as there are processors: the job has nothing else to do now. */
  private static void append(List<PartFile> parts) throws IOException {
    PartFile first = parts.get(0);
    try (FileChannel out = FileChannel.open(local(first), StandardOpenOption.WRITE)) {
      out.truncate(first.length());
    }
    List<Piece> pieces = new ArrayList<>();
    long to = first.length();
    for (PartFile part : parts.subList(1, parts.size())) {
      for (long from = 0; from < part.length(); from += PIECE) {
        long length = Math.min(PIECE, part.length() - from);
        pieces.add(new Piece(part, from, length, local(first), to + from));
      }
      to += part.length();
    }
    if (!pieces.isEmpty()) {
      copy(pieces);
    }
  }

  private static void copy(List<Piece> pieces) throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(processors, pieces.size()));
    try {
      for (Future<Void> copied : threads.invokeAll(pieces)) {
        copied.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("parts were not joined to the end");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Bytes of a part, and where they go in the target. */
  private record Piece(PartFile part, long from, long length, java.nio.file.Path target, long to)
      implements Callable<Void> {

    @Override
    public Void call() throws IOException {
      try (FileChannel in = FileChannel.open(local(part), StandardOpenOption.READ);
          FileChannel out = FileChannel.open(target, StandardOpenOption.WRITE)) {
        out.position(to);
        for (long done = 0; done < length; ) {
          long moved = in.transferTo(from + done, length - done, out);
          if (moved == 0) {
            throw new EOFException("the part " + part.path() + " ends at byte " + (from + done));
          }
          done += moved;
        }
      }
      return null;
    }
  }

  private static java.nio.file.Path local(PartFile part) {
    return java.nio.file.Path.of(new Path(part.path()).getPath());
  }
}
