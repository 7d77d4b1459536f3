/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.storage;

import io.otap.core.annotation.Internal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;

/**
 * Files and folders to read from: a local disk, a file system of Flink. Usable by several threads.
 */
@Internal
public interface Storage {

  /**
   * A file or folder as listed.
   *
   * @param path path that {@link #open} and {@link #list} take
   * @param name last segment of the path
   * @param length bytes of a file; 0 for a folder
   * @param modified milliseconds since 1970 of the last change, 0 if unknown
   */
  record Entry(String path, String name, boolean folder, long length, long modified) {}

  /**
   * What is directly in a folder, in any order.
   *
   * @throws FileNotFoundException if there is nothing at the path
   */
  List<Entry> list(String folder) throws IOException;

  /**
   * Opens a file.
   *
   * @throws FileNotFoundException if there is no file at the path
   */
  SeekableInput open(String file) throws IOException;
}
