/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.PublicEvolving;

/**
 * When the file that a writer has begun is complete. Size is looked at with every batch, so that a
 * file is larger than asked for by less than a batch; age and inactivity are looked at with every
 * checkpoint, because files are published with checkpoints.
 *
 * @param maxBytes bytes from which on a file is complete; in a sink with several tables, of all
 *     files together
 * @param maxAge time since the first batch; zero: a file ends with each checkpoint
 * @param maxInactivity time since the last batch; zero: a file ends with each checkpoint
 */
@PublicEvolving
public record RollingPolicy(long maxBytes, Duration maxAge, Duration maxInactivity)
    implements Serializable {

  /** 128 MiB, 15 minutes, 5 minutes. */
  public static final RollingPolicy DEFAULT =
      new RollingPolicy(128L << 20, Duration.ofMinutes(15), Duration.ofMinutes(5));

  /** Files end with each checkpoint, or with the input. */
  public static final RollingPolicy EVERY_CHECKPOINT =
      new RollingPolicy(128L << 20, Duration.ZERO, Duration.ZERO);

  public RollingPolicy {
    if (maxBytes < 1 || maxAge.isNegative() || maxInactivity.isNegative()) {
      throw new IllegalArgumentException(
          "a file has at least one byte, and its age and inactivity are not negative");
    }
  }

  public RollingPolicy withMaxBytes(long bytes) {
    return new RollingPolicy(bytes, maxAge, maxInactivity);
  }

  public RollingPolicy withMaxAge(Duration age) {
    return new RollingPolicy(maxBytes, age, maxInactivity);
  }

  public RollingPolicy withMaxInactivity(Duration inactivity) {
    return new RollingPolicy(maxBytes, maxAge, inactivity);
  }

  /** Whether a file can hold what was written before and after a checkpoint. */
  public boolean spansCheckpoints() {
    return !maxAge.isZero() && !maxInactivity.isZero();
  }

  /** Whether a file is complete by its size. */
  public boolean isFull(long bytes) {
    return bytes >= maxBytes;
  }

  /**
   * Whether a file is complete at a checkpoint.
   *
   * @param opened when the first batch was written; like the others, milliseconds since 1970
   * @param touched when the last batch was written
   */
  public boolean isDue(long bytes, long opened, long touched, long now) {
    return isFull(bytes)
        || now - opened >= maxAge.toMillis()
        || now - touched >= maxInactivity.toMillis();
  }
}
