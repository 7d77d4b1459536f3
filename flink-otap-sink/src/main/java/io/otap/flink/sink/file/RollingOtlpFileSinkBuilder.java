/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.error.OtapException;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.sink.rolling.RollingTarget;
import io.otap.flink.sink.rolling.Staging;
import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.core.fs.Path;

/** Builds a {@link RollingOtlpFileSink}. */
@PublicEvolving
public final class RollingOtlpFileSinkBuilder {

  private final Path folder;
  private final RollingPolicy policy;
  private String run;
  private int recoverable = RollingTarget.RECOVERABLE;

  RollingOtlpFileSinkBuilder(Path folder, RollingPolicy policy) {
    this.folder = folder;
    this.policy = policy;
  }

  /**
   * What the names of files say about who wrote them; by default the id of the Flink job. A run
   * that is continued by another job keeps its name, so that its files can be told by it.
   *
   * @param id up to 64 letters, digits, {@code -} and {@code _}
   */
  public RollingOtlpFileSinkBuilder setRun(String id) {
    this.run = id;
    return this;
  }

  /**
   * To how many of the newest checkpoints a job can go back, 10 by default: parts of published
   * files are kept as long. At least as many as Flink retains ({@code
   * execution.checkpointing.num-retained}).
   */
  public RollingOtlpFileSinkBuilder setRecoverableCheckpoints(int count) {
    this.recoverable = count;
    return this;
  }

  /**
   * @throws OtapException of kind CONFIG if the target cannot be a folder
   */
  public RollingOtlpFileSink build() throws IOException {
    Staging.checkTarget(folder);
    return new RollingOtlpFileSink(new RollingTarget(folder, policy, run, recoverable));
  }
}
