/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is read of which file. */
public final class WatchedStorage implements Storage {

  /**
   * @param from position of the first byte
   * @param to position behind the last
   */
  public record Read(long from, long to) {}

  private final Storage storage;
  private final Map<String, List<Read>> reads = new ConcurrentHashMap<>();

  public WatchedStorage(Storage storage) {
    this.storage = storage;
  }

  /** By path of each file that was opened, what was read. */
  public Map<String, List<Read>> reads() {
    return reads;
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    return storage.list(folder);
  }

  @Override
  public SeekableInput open(String file) throws IOException {
    SeekableInput in = storage.open(file);
    List<Read> ofFile = reads.computeIfAbsent(file, f -> new CopyOnWriteArrayList<>());
    return new SeekableInput() {
      @Override
      public long length() {
        return in.length();
      }

      @Override
      public void readFully(long position, byte[] buffer, int offset, int length)
          throws IOException {
        ofFile.add(new Read(position, position + length));
        in.readFully(position, buffer, offset, length);
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }
}
