/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.flink.sink.rolling.RollingPolicy;
import java.io.IOException;
import java.util.EnumSet;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.core.fs.Path;

/**
 * Builds an {@link OtlpFileSink}.
 *
 * <pre>{@code
 * OtlpFileSink sink = OtlpFileSink.to(new Path("/data/otlp")).setOverwrite(true).build();
 * }</pre>
 *
 * <p>Only the folder is required. Results that are there already are not overwritten.
 */
@PublicEvolving
public final class OtlpFileSinkBuilder {

  private final Path folder;
  private boolean overwrite;

  OtlpFileSinkBuilder(Path folder) {
    this.folder = folder;
  }

  /** Whether results may be replaced; that happens only when the job has succeeded. */
  public OtlpFileSinkBuilder setOverwrite(boolean overwrite) {
    this.overwrite = overwrite;
    return this;
  }

  /**
   * Goes over to the continuous form: many files with names of their own, which appear as
   * checkpoints succeed. Nothing is overwritten.
   */
  public RollingOtlpFileSinkBuilder rolling(RollingPolicy policy) {
    return new RollingOtlpFileSinkBuilder(folder, policy);
  }

  /**
   * @throws OtapException of kind CONFIG if the folder has a result that must not be replaced
   */
  public OtlpFileSink build() throws IOException {
    OtlpFileSink.checkTarget(folder, EnumSet.allOf(Signal.class), overwrite);
    return new OtlpFileSink(folder, overwrite);
  }
}
