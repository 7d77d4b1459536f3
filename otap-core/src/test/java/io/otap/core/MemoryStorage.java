/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Files in memory below the folder {@code /tree}, which can be replaced one by one. */
public final class MemoryStorage implements Storage {

  public static final String BASE = "/tree";

  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private final Map<String, Integer> endsRead = new ConcurrentHashMap<>();

  /** The files of a folder on the disk. */
  public static MemoryStorage of(Path tree) throws IOException {
    MemoryStorage storage = new MemoryStorage();
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        storage.put(BASE + "/" + tree.relativize(path), Files.readAllBytes(path));
      }
    }
    return storage;
  }

  public MemoryStorage copy() {
    MemoryStorage copy = new MemoryStorage();
    copy.files.putAll(files);
    return copy;
  }

  public List<String> paths() {
    return List.copyOf(files.keySet());
  }

  public byte[] get(String path) {
    return files.get(path);
  }

  public void put(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  public void remove(String path) {
    files.remove(path);
  }

  /** By file, how many times its end was read, where the footer is. To be changed by callers. */
  public Map<String, Integer> endsRead() {
    return endsRead;
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    Map<String, Entry> entries = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.tailMap(prefix).entrySet()) {
      if (!file.getKey().startsWith(prefix)) {
        break;
      }
      String rest = file.getKey().substring(prefix.length());
      int slash = rest.indexOf('/');
      String name = slash < 0 ? rest : rest.substring(0, slash);
      entries.putIfAbsent(
          name,
          new Entry(prefix + name, name, slash >= 0, slash < 0 ? file.getValue().length : 0, 0));
    }
    if (entries.isEmpty()) {
      throw new FileNotFoundException(folder);
    }
    return new ArrayList<>(entries.values());
  }

  @Override
  public SeekableInput open(String file) throws IOException {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new FileNotFoundException(file);
    }
    return new SeekableInput() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void readFully(long position, byte[] buffer, int offset, int length)
          throws IOException {
        if (position + length > bytes.length) {
          throw new EOFException("the file ends at " + bytes.length);
        }
        if (position + length == bytes.length) {
          endsRead.merge(file, 1, Integer::sum);
        }
        System.arraycopy(bytes, Math.toIntExact(position), buffer, offset, length);
      }

      @Override
      public void close() {}
    };
  }
}
