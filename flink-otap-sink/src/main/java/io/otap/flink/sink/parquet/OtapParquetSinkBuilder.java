/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.error.OtapException;
import io.otap.core.parquet.WriteOptions;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.sink.rolling.RollingTarget;
import io.otap.flink.sink.rolling.Staging;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.core.fs.Path;

/** Builds an {@link OtapParquetSink}. Only the folder is required. */
@PublicEvolving
public final class OtapParquetSinkBuilder {

  private final Path folder;
  private RollingPolicy policy = RollingPolicy.DEFAULT;
  private String run;
  private int recoverable = RollingTarget.RECOVERABLE;
  private WriteOptions files = WriteOptions.DEFAULT;
  private List<PartitionColumn> columns = List.of();
  private PartitionPlacement placement = PartitionPlacement.IN_FRONT;
  private int maxOpen = 16;

  OtapParquetSinkBuilder(Path folder) {
    this.folder = folder;
  }

  /**
   * When the files of a writer are complete, all tables together; {@link RollingPolicy#DEFAULT} by
   * default. Where files span checkpoints, batches are also written to a journal; {@link
   * RollingPolicy#EVERY_CHECKPOINT} saves that, for jobs without checkpoints or with rare ones.
   */
  public OtapParquetSinkBuilder setRollingPolicy(RollingPolicy policy) {
    this.policy = policy;
    return this;
  }

  /**
   * What the names of files say about who wrote them; by default the id of the Flink job. A run
   * that is continued by another job keeps its name, so that its files can be told by it.
   *
   * @param id up to 64 letters, digits, {@code -} and {@code _}
   */
  public OtapParquetSinkBuilder setRun(String id) {
    this.run = id;
    return this;
  }

  /**
   * To how many of the newest checkpoints a job can go back, 10 by default: journals of published
   * files are kept as long. At least as many as Flink retains ({@code
   * execution.checkpointing.num-retained}).
   */
  public OtapParquetSinkBuilder setRecoverableCheckpoints(int count) {
    this.recoverable = count;
    return this;
  }

  /** How each file is written. */
  public OtapParquetSinkBuilder setWriteOptions(WriteOptions options) {
    this.files = options;
    return this;
  }

  /** Folders by the values of these columns, in this order; none by default. */
  public OtapParquetSinkBuilder setPartitionColumns(PartitionColumn... columns) {
    this.columns = List.of(columns);
    return this;
  }

  /** Where these folders stand; {@link PartitionPlacement#IN_FRONT} by default. */
  public OtapParquetSinkBuilder setPartitionPlacement(PartitionPlacement placement) {
    this.placement = placement;
    return this;
  }

  /**
   * How many values of the partition columns a writer has files open for, 16 by default. For one
   * more, the files that rested longest end early.
   */
  public OtapParquetSinkBuilder setMaxOpenPartitions(int count) {
    this.maxOpen = count;
    return this;
  }

  /**
   * @throws OtapException of kind CONFIG if the target cannot be a folder
   */
  public OtapParquetSink build() throws IOException {
    Staging.checkTarget(folder);
    return new OtapParquetSink(
        new RollingTarget(folder, policy, run, recoverable),
        new Partitioning(columns, placement),
        new ParquetSettings(files, maxOpen));
  }
}
