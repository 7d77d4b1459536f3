/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 10s}, {@code 500ms}, {@code 1m 30s}. */
final class HumanDuration {

  private static final Pattern PART = Pattern.compile("\\s*(\\d{1,12})\\s*([a-zµ]+)");

  private HumanDuration() {}

  /**
   * @param name the setting, for the message
   */
  static Duration parse(String name, String text) throws OtapException {
    Matcher part = PART.matcher(text.strip());
    Duration sum = Duration.ZERO;
    int at = 0;
    while (part.find() && part.start() == at) {
      Duration unit = unit(part.group(2));
      if (unit == null) {
        break;
      }
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
      at = part.end();
    }
    if (at == 0 || at != text.strip().length()) {
      throw Refusal.because(
          name + " is no duration: " + text + "; write it like 500ms, 10s or 1m 30s");
    }
    return sum;
  }

  private static Duration unit(String unit) {
    return switch (unit) {
      case "ns", "nsec" -> Duration.ofNanos(1);
      case "us", "µs", "usec" -> Duration.ofNanos(1_000);
      case "ms", "msec", "millis" -> Duration.ofMillis(1);
      case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
      case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
      case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
      case "d", "day", "days" -> Duration.ofDays(1);
      case "w", "week", "weeks" -> Duration.ofDays(7);
      default -> null;
    };
  }
}
