/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkStorageTest {

  private final FlinkStorage storage = new FlinkStorage();

  @TempDir Path folder;

  @Test
  void foldersAndFilesAreListed() throws Exception {
    Files.createDirectory(folder.resolve("_part_id=x"));
    Files.write(folder.resolve("a.parquet"), new byte[7]);
    assertThat(storage.list(folder.toUri().toString()))
        .extracting(Storage.Entry::name, Storage.Entry::folder, Storage.Entry::length)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("_part_id=x", true, 0L),
            org.assertj.core.groups.Tuple.tuple("a.parquet", false, 7L));
    for (Storage.Entry entry : storage.list(folder.toString())) {
      assertThat(entry.modified()).isPositive();
      if (!entry.folder()) {
        storage.open(entry.path()).close();
      }
    }
  }

  @Test
  void bytesAreReadFromAnywhere() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    try (SeekableInput in = storage.open(file.toUri().toString())) {
      assertThat(in.length()).isEqualTo(8);
      byte[] bytes = new byte[4];
      in.readFully(5, bytes, 1, 3);
      assertThat(bytes).containsExactly(0, 5, 6, 7);
      in.readFully(0, bytes, 0, 2);
      assertThat(bytes).containsExactly(0, 1, 6, 7);
      in.readFully(2, bytes, 0, 2);
      assertThat(bytes).containsExactly(2, 3, 6, 7);
      assertThatThrownBy(() -> in.readFully(6, bytes, 0, 4)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatIsMissingIsNotFound() {
    String missing = folder.resolve("none").toUri().toString();
    assertThatThrownBy(() -> storage.open(missing)).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> storage.list(missing)).isInstanceOf(FileNotFoundException.class);
  }
}
