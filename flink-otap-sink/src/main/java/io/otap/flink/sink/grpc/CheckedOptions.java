/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Reads options; a value that does not fit is an error that says what does. */
@Internal
public final class CheckedOptions {

  private final Configuration options;

  public CheckedOptions(Configuration options) {
    this.options = options;
  }

  /**
   * Refuses keys with the prefix of sinks that no option has. Others are not looked at.
   *
   * @throws OtapException of kind CONFIG
   */
  public static void checkKeys(Configuration options, List<ConfigOption<?>> known)
      throws OtapException {
    for (String key : options.keySet()) {
      if (key.startsWith(GrpcSinkOptions.PREFIX) && !isKnown(key, known)) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "there is no option "
                + key
                + "; the sink has "
                + known.stream().map(ConfigOption::key).collect(Collectors.joining(", ")));
      }
    }
  }

  /** Flink also writes maps as one key for each entry. */
  private static boolean isKnown(String key, List<ConfigOption<?>> known) {
    return known.stream().anyMatch(option -> option.key().equals(key))
        || key.startsWith(GrpcSinkOptions.HEADERS.key() + ".");
  }

  public boolean isSet(ConfigOption<?> option) {
    return options.contains(option);
  }

  /** The text of an option, or null if it is not set. */
  public String text(ConfigOption<String> option) throws OtapException {
    String text = options.get(option);
    if (text != null && text.isBlank()) {
      throw invalid(option, text, "a text that is not empty", null);
    }
    return text;
  }

  public <T> T get(ConfigOption<T> option, String fits) throws OtapException {
    try {
      return options.get(option);
    } catch (IllegalArgumentException e) {
      throw invalid(option, options.toMap().get(option.key()), fits, e);
    }
  }

  /** The value of an option that no message may show. */
  public <T> T secret(ConfigOption<T> option, String fits) throws OtapException {
    try {
      return options.get(option);
    } catch (IllegalArgumentException e) {
      throw invalid(option, "...", fits, null);
    }
  }

  public Duration positive(ConfigOption<Duration> option) throws OtapException {
    Duration duration = get(option, "a time such as 10 s");
    if (duration.toMillis() < 1) {
      throw invalid(option, duration, "a time of a millisecond or more", null);
    }
    return duration;
  }

  public long size(ConfigOption<MemorySize> option) throws OtapException {
    MemorySize size = get(option, "a size such as 64 mb");
    if (size.getBytes() < 1) {
      throw invalid(option, size, "a size of a byte or more", null);
    }
    return size.getBytes();
  }

  public static OtapException invalid(
      ConfigOption<?> option, Object value, String fits, Throwable cause) {
    return OtapException.of(
        OtapErrorKind.CONFIG,
        "option " + option.key() + " cannot be '" + value + "'; what fits is " + fits,
        cause);
  }
}
