/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.scan.ReadOptions;
import java.time.Duration;
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
 * @param signals signals to read; empty for all that are there
 * @param splitSize bytes of a root file's rows in one split
 * @param assembly where tables are joined; null if the mode of execution decides
 * @param read what shapes the batches
 */
@Internal
public record SourceSettings(
    Set<Signal> signals, long splitSize, Assembly assembly, Duration minFileAge, ReadOptions read) {

  /**
   * @throws OtapException of kind CONFIG with the option, its value and what fits
   */
  public static SourceSettings of(Configuration options) throws OtapException {
    refuseUnknown(options);
    int batchSize = get(options, OtapSourceOptions.BATCH_SIZE, "a number of rows");
    if (batchSize < 1 || batchSize > OtapBatch.MAX_ROWS) {
      throw invalid(OtapSourceOptions.BATCH_SIZE, batchSize, "1 to " + OtapBatch.MAX_ROWS, null);
    }
    return new SourceSettings(
        signals(options),
        size(options, OtapSourceOptions.SPLIT_SIZE),
        get(options, OtapSourceOptions.ASSEMBLY, "keyed or reader"),
        minFileAge(options),
        new ReadOptions(
            batchSize,
            size(options, OtapSourceOptions.BATCH_BYTES),
            get(options, OtapSourceOptions.RECOVERY, "strict, likely, guess or fail"),
            get(options, OtapSourceOptions.VALIDATE_RELATIONS, "true or false"),
            size(options, OtapSourceOptions.READER_MEMORY),
            get(options, OtapSourceOptions.DEFAULT_IS_MONOTONIC, "true or false")));
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

  private static Duration minFileAge(Configuration options) throws OtapException {
    Duration age = get(options, OtapSourceOptions.MIN_FILE_AGE, "a time such as 10 s");
    if (age.isNegative()) {
      throw invalid(OtapSourceOptions.MIN_FILE_AGE, age, "a time of 0 or more", null);
    }
    return age;
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
