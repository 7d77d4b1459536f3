/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.storage;

import io.otap.core.annotation.Internal;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The local disk. */
@Internal
public final class LocalStorage implements Storage {

  @Override
  public List<Entry> list(String folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(Path.of(folder))) {
      for (Path child : children) {
        BasicFileAttributes attributes;
        try {
          attributes = Files.readAttributes(child, BasicFileAttributes.class);
        } catch (NoSuchFileException renamedMeanwhile) {
          continue;
        }
        entries.add(
            new Entry(
                child.toString(),
                child.getFileName().toString(),
                attributes.isDirectory(),
                attributes.isDirectory() ? 0 : attributes.size(),
                attributes.lastModifiedTime().toMillis()));
      }
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
    return entries;
  }

  @Override
  public SeekableInput open(String file) throws IOException {
    try {
      return new ChannelInput(FileChannel.open(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  private static FileNotFoundException notFound(NoSuchFileException e) {
    FileNotFoundException notFound = new FileNotFoundException(e.getFile());
    notFound.initCause(e);
    return notFound;
  }

  private static final class ChannelInput implements SeekableInput {

    private final FileChannel channel;
    private final long length;

    ChannelInput(FileChannel channel) throws IOException {
      this.channel = channel;
      this.length = channel.size();
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
      ByteBuffer target = ByteBuffer.wrap(buffer, offset, length);
      long at = position;
      while (target.hasRemaining()) {
        int n = channel.read(target, at);
        if (n < 0) {
          throw new EOFException("the file ends at " + at);
        }
        at += n;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
