/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Folder;
import io.otap.examples.command.Refusal;
import io.otap.flink.sink.rolling.RollingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;

/**
 * How a folder is followed.
 *
 * @param checkpoints the folder for checkpoints
 * @param interval time from one checkpoint to the next
 * @param rolling when files are complete
 */
record Following(Path checkpoints, Duration interval, RollingPolicy rolling) {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration AGE = Duration.ofMinutes(5);
  private static final Duration INACTIVITY = Duration.ofMinutes(1);

  /** Null if nothing is to be followed. */
  static Following of(ReplayArguments arguments) throws OtapException {
    if (!arguments.follow) {
      refuseWithoutFollow("--checkpoint-dir", arguments.checkpointDir);
      refuseWithoutFollow("--checkpoint-interval", arguments.checkpointInterval);
      refuseWithoutFollow("--roll-size", arguments.rollSize);
      refuseWithoutFollow("--roll-age", arguments.rollAge);
      return null;
    }
    if (arguments.checkpointDir == null) {
      throw Refusal.because(
          "--follow needs --checkpoint-dir DIR, a folder where it can keep what it has done");
    }
    if (arguments.cluster != null) {
      throw Refusal.because(
          "--follow runs in this process, without --cluster; on a cluster submit a job of your own"
              + " with OtapStreams");
    }
    if (arguments.overwrite) {
      throw Refusal.because("--follow never overwrites, leave --overwrite out");
    }
    Duration interval = duration("--checkpoint-interval", arguments.checkpointInterval, INTERVAL);
    if (interval.toMillis() < 10) {
      throw Refusal.because(
          "--checkpoint-interval must be 10ms or more, not " + arguments.checkpointInterval);
    }
    Duration age = duration("--roll-age", arguments.rollAge, AGE);
    return new Following(
        folder(arguments.checkpointDir),
        interval,
        new RollingPolicy(
            size(arguments.rollSize), age, age.compareTo(INACTIVITY) < 0 ? age : INACTIVITY));
  }

  private static void refuseWithoutFollow(String name, String value) throws OtapException {
    if (value != null) {
      throw Refusal.because(name + " goes with --follow");
    }
  }

  /** The lock that keeps two processes apart is one of this machine's file systems. */
  private static Path folder(String given) throws OtapException {
    String folder = Folder.of(given);
    if (!folder.startsWith("/")) {
      throw Refusal.because("--checkpoint-dir must be a folder of this machine, not " + given);
    }
    return Path.of(folder);
  }

  private static Duration duration(String name, String given, Duration otherwise)
      throws OtapException {
    return given == null ? otherwise : HumanDuration.parse(name, given);
  }

  private static long size(String given) throws OtapException {
    if (given == null) {
      return RollingPolicy.DEFAULT.maxBytes();
    }
    try {
      long bytes = MemorySize.parse(given).getBytes();
      if (bytes > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Refusal.because("--roll-size is no size: " + given + "; write it like 64mb or 1gb");
  }
}
