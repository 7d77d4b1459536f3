/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.follow.FollowRules;
import io.otap.core.follow.RootChoice;
import io.otap.core.model.Signal;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ReadOptions;
import io.otap.core.select.ReadSelection;
import io.otap.flink.source.enumerator.FollowSettings;
import io.otap.flink.source.problem.AfterRead;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.storage.RetrySettings;
import java.nio.file.FileSystems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;

/**
 * The options of a source, checked. Keys without the source's prefix are none of its business.
 *
 * @param assembly where tables are joined; null if the mode of execution decides
 * @param continuous whether trees are followed
 * @param follow how; what it says of the choice of files and of batches also holds for trees that
 *     are read once
 * @param openSplits splits that a reader has at a time
 * @param retry how long to try to read what the storage does not give
 * @param corrupt what becomes of files that cannot be read
 * @param afterRead what becomes of files that were read
 */
@Internal
public record SourceSettings(
    Assembly assembly,
    boolean continuous,
    FollowSettings follow,
    int openSplits,
    RetrySettings retry,
    CorruptFiles corrupt,
    AfterRead afterRead) {

  private static final String LATEST = "latest";
  private static final String EARLIEST = "earliest";

  /**
   * @throws OtapException of kind CONFIG with the option, its value and what fits
   */
  public static SourceSettings of(Configuration options) throws OtapException {
    refuseUnknown(options);
    boolean continuous = get(options, OtapSourceOptions.CONTINUOUS, "true or false");
    String start = options.get(OtapSourceOptions.START_FROM);
    if (start.equals(LATEST) && !continuous) {
      throw invalid(
          OtapSourceOptions.START_FROM,
          start,
          "earliest or a time, unless " + OtapSourceOptions.CONTINUOUS.key() + " is true",
          null);
    }
    AfterRead afterRead = afterRead(options, continuous);
    OnLateChildren onLate = onLate(options);
    return new SourceSettings(
        get(options, OtapSourceOptions.ASSEMBLY, "keyed or reader"),
        continuous,
        new FollowSettings(
            positive(options, OtapSourceOptions.DISCOVERY_INTERVAL),
            atLeast(options, OtapSourceOptions.MAX_PENDING_SPLITS, 1),
            atLeast(options, OtapSourceOptions.MAX_LISTING_FAILURES, 0),
            start.equals(LATEST),
            onLate == OnLateChildren.FAIL,
            onLate == OnLateChildren.SIDE_OUTPUT,
            idleAfter(options),
            atLeast(options, OtapSourceOptions.RETAINED_CHECKPOINTS, 1),
            size(options, OtapSourceOptions.SPLIT_SIZE),
            choice(options, start),
            new FollowRules(
                atLeast(options, OtapSourceOptions.RELEASE_LISTINGS, 1),
                notNegative(options, OtapSourceOptions.LATE_CHILDREN_TIMEOUT),
                notNegative(options, OtapSourceOptions.MIN_FILE_AGE),
                positive(options, OtapSourceOptions.FORGET_AFTER),
                afterRead.removesFiles()
                    ? notNegative(options, OtapSourceOptions.AFTER_READ_DELAY)
                    : null),
            read(options)),
        atLeast(options, OtapSourceOptions.MAX_OPEN_SPLITS, 1),
        retry(options),
        corrupt(options),
        afterRead);
  }

  /** The same for a part of the trees. */
  SourceSettings with(ReadSelection wanted) {
    return new SourceSettings(
        assembly, continuous, follow.with(wanted), openSplits, retry, corrupt, afterRead);
  }

  /** What shapes the batches. */
  public ReadOptions read() {
    return follow.read();
  }

  /** Signals to read; empty for all that are there. */
  public Set<Signal> signals() {
    return follow.choice().signals();
  }

  /** Bytes of a root file's rows in one split. */
  public long splitSize() {
    return follow.splitSize();
  }

  /** A side output is that of an operator, and only keyed assembly is one. */
  private static OnLateChildren onLate(Configuration options) throws OtapException {
    OnLateChildren onLate =
        get(options, OtapSourceOptions.ON_LATE_CHILDREN, "fail, count or side-output");
    if (onLate == OnLateChildren.SIDE_OUTPUT
        && options.get(OtapSourceOptions.ASSEMBLY) == Assembly.READER) {
      throw sideOutputInReader();
    }
    return onLate;
  }

  /** The error of a source that joins the tables in its readers and has no side output. */
  static OtapException sideOutputInReader() {
    return invalid(
        OtapSourceOptions.ON_LATE_CHILDREN,
        "side-output",
        "fail or count, where tables are joined in the readers of the source, which has no side"
            + " output; set "
            + OtapSourceOptions.ASSEMBLY.key()
            + " = keyed",
        null);
  }

  private static ReadOptions read(Configuration options) throws OtapException {
    int batchSize = get(options, OtapSourceOptions.BATCH_SIZE, "a number of rows");
    if (batchSize < 1 || batchSize > OtapBatch.MAX_ROWS) {
      throw invalid(OtapSourceOptions.BATCH_SIZE, batchSize, "1 to " + OtapBatch.MAX_ROWS, null);
    }
    return new ReadOptions(
        batchSize,
        size(options, OtapSourceOptions.BATCH_BYTES),
        get(options, OtapSourceOptions.RECOVERY, "strict, likely, guess or fail"),
        get(options, OtapSourceOptions.VALIDATE_RELATIONS, "true or false"),
        size(options, OtapSourceOptions.READER_MEMORY),
        get(options, OtapSourceOptions.DEFAULT_IS_MONOTONIC, "true or false"));
  }

  private static RootChoice choice(Configuration options, String start) throws OtapException {
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    String range = options.get(OtapSourceOptions.TIME_RANGE);
    if (range != null) {
      String[] times = range.split("/", -1);
      if (times.length != 2) {
        throw invalid(OtapSourceOptions.TIME_RANGE, range, "two times with / between them", null);
      }
      from = nanos(OtapSourceOptions.TIME_RANGE, times[0]);
      to = nanos(OtapSourceOptions.TIME_RANGE, times[1]) - 1;
    }
    if (!start.equals(EARLIEST) && !start.equals(LATEST)) {
      from = Math.max(from, nanos(OtapSourceOptions.START_FROM, start));
    }
    return new RootChoice(
        signals(options),
        new IdRange(from, to),
        globs(options, OtapSourceOptions.INCLUDE),
        globs(options, OtapSourceOptions.EXCLUDE),
        get(options, OtapSourceOptions.ASSUME_SINGLE_EXPORTER, "true or false"));
  }

  private static long nanos(ConfigOption<String> option, String text) throws OtapException {
    try {
      Instant time = Instant.parse(text.trim());
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(option, text, "a time such as 2026-01-31T00:00:00Z", e);
    }
  }

  private static List<String> globs(Configuration options, ConfigOption<List<String>> option)
      throws OtapException {
    List<String> globs = get(options, option, "globs such as logs/**");
    for (String glob : globs == null ? List.<String>of() : globs) {
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (IllegalArgumentException e) {
        throw invalid(option, glob, "a glob such as logs/**", e);
      }
    }
    return globs == null ? List.of() : globs;
  }

  private static RetrySettings retry(Configuration options) throws OtapException {
    Duration initial = positive(options, OtapSourceOptions.RETRY_INITIAL_BACKOFF);
    Duration max = positive(options, OtapSourceOptions.RETRY_MAX_BACKOFF);
    if (max.compareTo(initial) < 0) {
      throw invalid(
          OtapSourceOptions.RETRY_MAX_BACKOFF,
          max,
          "a time of at least " + OtapSourceOptions.RETRY_INITIAL_BACKOFF.key(),
          null);
    }
    return new RetrySettings(
        atLeast(options, OtapSourceOptions.RETRY_MAX_ATTEMPTS, 1),
        initial,
        max,
        positive(options, OtapSourceOptions.RETRY_DEADLINE));
  }

  private static CorruptFiles corrupt(Configuration options) throws OtapException {
    String asked = options.get(OtapSourceOptions.ON_CORRUPT);
    try {
      return CorruptFiles.of(asked);
    } catch (IllegalArgumentException e) {
      throw invalid(OtapSourceOptions.ON_CORRUPT, asked, "fail, skip or quarantine:DIR", e);
    }
  }

  /** Files can only be removed if all that is in them is read. */
  private static AfterRead afterRead(Configuration options, boolean continuous)
      throws OtapException {
    String asked = options.get(OtapSourceOptions.AFTER_READ);
    AfterRead afterRead;
    try {
      afterRead = AfterRead.of(asked);
    } catch (IllegalArgumentException e) {
      throw invalid(OtapSourceOptions.AFTER_READ, asked, "keep, delete or archive:DIR", e);
    }
    if (!afterRead.removesFiles()) {
      return afterRead;
    }
    if (!continuous) {
      throw invalid(
          OtapSourceOptions.AFTER_READ,
          asked,
          "keep, unless " + OtapSourceOptions.CONTINUOUS.key() + " is true",
          null);
    }
    for (ConfigOption<?> choosing :
        List.of(
            OtapSourceOptions.SIGNALS,
            OtapSourceOptions.TIME_RANGE,
            OtapSourceOptions.INCLUDE,
            OtapSourceOptions.EXCLUDE)) {
      if (options.contains(choosing)) {
        throw invalid(
            OtapSourceOptions.AFTER_READ,
            asked,
            "keep, if " + choosing.key() + " leaves out some of what the files have",
            null);
      }
    }
    if (!options.get(OtapSourceOptions.START_FROM).equals(EARLIEST)) {
      throw invalid(
          OtapSourceOptions.AFTER_READ,
          asked,
          "keep, unless " + OtapSourceOptions.START_FROM.key() + " is earliest",
          null);
    }
    return afterRead;
  }

  private static Set<Signal> signals(Configuration options) throws OtapException {
    String fits = Arrays.stream(Signal.values()).map(Signal::id).collect(Collectors.joining(", "));
    List<String> names = get(options, OtapSourceOptions.SIGNALS, "some of " + fits);
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    if (names == null) {
      return signals;
    }
    for (String name : names) {
      Signal signal = null;
      for (Signal candidate : Signal.values()) {
        signal = candidate.id().equalsIgnoreCase(name.trim()) ? candidate : signal;
      }
      if (signal == null) {
        throw invalid(OtapSourceOptions.SIGNALS, name, "some of " + fits, null);
      }
      signals.add(signal);
    }
    if (signals.isEmpty()) {
      throw invalid(OtapSourceOptions.SIGNALS, "", "some of " + fits, null);
    }
    return signals;
  }

  private static int atLeast(Configuration options, ConfigOption<Integer> option, int least)
      throws OtapException {
    int value = get(options, option, "a number");
    if (value < least) {
      throw invalid(option, value, "a number of " + least + " or more", null);
    }
    return value;
  }

  private static Duration notNegative(Configuration options, ConfigOption<Duration> option)
      throws OtapException {
    Duration time = get(options, option, "a time such as 10 s");
    if (time.isNegative()) {
      throw invalid(option, time, "a time of 0 or more", null);
    }
    return time;
  }

  private static Duration idleAfter(Configuration options) throws OtapException {
    return options.contains(OtapSourceOptions.IDLE_TIMEOUT)
        ? positive(options, OtapSourceOptions.IDLE_TIMEOUT)
        : null;
  }

  private static Duration positive(Configuration options, ConfigOption<Duration> option)
      throws OtapException {
    Duration time = get(options, option, "a time such as 10 s");
    if (time.toMillis() < 1) {
      throw invalid(option, time, "a time of a millisecond or more", null);
    }
    return time;
  }

  private static long size(Configuration options, ConfigOption<MemorySize> option)
      throws OtapException {
    MemorySize size = get(options, option, "a size such as 64 mb");
    if (size.getBytes() < 1) {
      throw invalid(option, size, "a size of a byte or more", null);
    }
    return size.getBytes();
  }

  private static <T> T get(Configuration options, ConfigOption<T> option, String fits)
      throws OtapException {
    try {
      return options.get(option);
    } catch (IllegalArgumentException e) {
      throw invalid(option, options.toMap().get(option.key()), fits, e);
    }
  }

  private static void refuseUnknown(Configuration options) throws OtapException {
    for (String key : options.keySet()) {
      if (key.startsWith(OtapSourceOptions.PREFIX)
          && OtapSourceOptions.ALL.stream().noneMatch(o -> o.key().equals(key))
          && !key.equals(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY.key())
          && !key.equals(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT.key())) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "there is no option "
                + key
                + "; the source has "
                + OtapSourceOptions.ALL.stream()
                    .map(ConfigOption::key)
                    .collect(Collectors.joining(", ")));
      }
    }
  }

  private static OtapException invalid(
      ConfigOption<?> option, Object value, String fits, Throwable cause) {
    return OtapException.of(
        OtapErrorKind.CONFIG,
        "option " + option.key() + " cannot be '" + value + "'; what fits is " + fits,
        cause);
  }
}
