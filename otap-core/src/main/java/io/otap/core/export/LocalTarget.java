/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.annotation.PublicEvolving;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files on the local disk. While it is written, a file has a hidden name in its own folder; readers
 * of OTAP trees and most others ignore names that begin with a dot.
 */
@PublicEvolving
public final class LocalTarget implements ExportTarget {

  private final Path base;

  public LocalTarget(Path base) {
    this.base = base;
  }

  @Override
  public PendingFile create(String path) throws IOException {
    Path file = base.resolve(path);
    Files.createDirectories(file.getParent());
    Path hidden = file.resolveSibling("." + file.getFileName() + ".inprogress");
    return new LocalFile(hidden, file, new BufferedOutputStream(Files.newOutputStream(hidden)));
  }

  private record LocalFile(Path hidden, Path file, OutputStream stream) implements PendingFile {

    @Override
    public void publish() throws IOException {
      stream.close();
      Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void discard() throws IOException {
      stream.close();
      Files.deleteIfExists(hidden);
    }
  }
}
