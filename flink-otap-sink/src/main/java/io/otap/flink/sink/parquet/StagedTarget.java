/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.export.ExportTarget;
import io.otap.flink.sink.rolling.RolledFile;
import io.otap.flink.sink.rolling.StagedPart;
import io.otap.flink.sink.rolling.StagedStream;
import io.otap.flink.sink.rolling.Staging;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Files of a tree that stay in the staging folder until a checkpoint has succeeded. */
final class StagedTarget implements ExportTarget {

  private static final String EXTENSION = ".parquet";

  private final Staging staging;
  private final UnaryOperator<String> place;
  private final Consumer<RolledFile> complete;

  /**
   * @param place from the path in a plain tree to the path below the target
   * @param complete takes files in the order in which they are to appear
   */
  StagedTarget(Staging staging, UnaryOperator<String> place, Consumer<RolledFile> complete) {
    this.staging = staging;
    this.place = place;
    this.complete = complete;
  }

  @Override
  public PendingFile create(String path) throws IOException {
    String table = path.substring(0, path.indexOf('/'));
    return new StagedFile(place.apply(path), staging.create(table), complete);
  }

  private record StagedFile(String path, StagedStream staged, Consumer<RolledFile> complete)
      implements PendingFile {

    @Override
    public OutputStream stream() {
      return staged;
    }

    @Override
    public void publish() throws IOException {
      StagedPart part = staged.finish();
      int name = path.lastIndexOf('/') + 1;
      complete.accept(
          new RolledFile(
              path.substring(0, name - 1),
              path.substring(name, path.length() - EXTENSION.length()),
              EXTENSION,
              List.of(part),
              true));
    }

    @Override
    public void discard() throws IOException {
      staged.discard();
    }
  }
}
