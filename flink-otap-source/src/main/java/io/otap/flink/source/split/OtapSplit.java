/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import io.otap.core.scan.SplitPlan;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.Path;

/**
 * A range of rows of one root file, with the child files and the evidence that belong to it.
 *
 * <p>The id derives from the content, so that listing again, or a new enumerator, names the same
 * split the same. The path is that of the root file; the position is the number of batches that
 * were emitted.
 *
 * <p>A split of late rows ({@link SplitPlan#isLate}) has the path of their child file; its position
 * is the number of stretches of the file that were read.
 */
@PublicEvolving
public final class OtapSplit extends FileSourceSplit {

  private static final long serialVersionUID = 1L;

  private static final String[] NO_HOSTS = {};

  private static final long FINISHED = -2;

  private final transient SplitPlan plan;
  private final long position;

  /** A split from its beginning. */
  public OtapSplit(SplitPlan plan) {
    this(plan, 0);
  }

  /**
   * @param position batches already emitted
   */
  public OtapSplit(SplitPlan plan, long position) {
    super(
        plan.id(),
        new Path(plan.root().path()),
        0,
        plan.root().length(),
        0,
        plan.root().length(),
        NO_HOSTS,
        new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, Math.max(0, position)));
    this.plan = plan;
    this.position = position;
  }

  public SplitPlan plan() {
    return plan;
  }

  /** Batches already emitted; negative if all are. */
  public long position() {
    return position;
  }

  /** A mark that the split was read to its end. It has no files but the root file. */
  public OtapSplit finished() {
    return new OtapSplit(plan.withoutInputs(), FINISHED);
  }

  /** Whether this is a mark of {@link #finished}. */
  public boolean isFinished() {
    return position == FINISHED;
  }

  /** The same split at another position; only the number of records is looked at. */
  @Override
  public OtapSplit updateWithCheckpointedPosition(CheckpointedPosition position) {
    return new OtapSplit(plan, position == null ? 0 : position.getRecordsAfterOffset());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OtapSplit that
        && position == that.position
        && Objects.equals(plan, that.plan);
  }

  @Override
  public int hashCode() {
    return Objects.hash(splitId(), position);
  }

  @Override
  public String toString() {
    return splitId() + (isFinished() ? " finished" : "@" + position);
  }
}
