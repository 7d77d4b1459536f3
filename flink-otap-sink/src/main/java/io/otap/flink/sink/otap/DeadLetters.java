/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.export.ExportOptions;
import io.otap.core.export.OtapParquetWriter;
import java.io.Closeable;
import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Batches that the receiver does not take, as a tree of OTAP Parquet files. Each is published
 * before it counts as settled, so that a checkpoint does not go past it. A job that falls back to a
 * checkpoint may put it there once more.
 */
final class DeadLetters implements Closeable {

  private final Path folder;
  private final OtapParquetWriter writer;

  DeadLetters(Path folder) {
    this.folder = folder;
    this.writer = new OtapParquetWriter(new FolderTarget(folder), ExportOptions.DEFAULT);
  }

  /**
   * Makes the folder, so that a job does not find out with the first batch that there can be none.
   *
   * @throws OtapException of kind CONFIG if it cannot be made
   */
  static void prepare(Path folder) throws OtapException {
    try {
      FileSystem files = folder.getFileSystem();
      files.mkdirs(folder);
      if (files.getFileStatus(folder).isDir()) {
        return;
      }
      throw new IOException("it is a file");
    } catch (IOException e) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "option "
              + OtapGrpcSinkOptions.DEAD_LETTER.key()
              + " cannot be "
              + folder
              + ": no such folder can be made ("
              + e.getMessage()
              + "); what fits is a folder that every task manager can write to",
          e);
    }
  }

  Path folder() {
    return folder;
  }

  void add(OtapBatch batch) throws OtapException {
    try {
      writer.write(batch);
      writer.roll();
    } catch (IOException e) {
      throw OtapException.of(
          OtapErrorKind.IO,
          "a batch that the receiver does not take cannot be written to "
              + folder
              + ": "
              + e.getMessage()
              + "; look at the storage that "
              + OtapGrpcSinkOptions.DEAD_LETTER.key()
              + " names",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
