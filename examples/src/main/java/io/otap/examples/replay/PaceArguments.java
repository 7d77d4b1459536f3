/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import io.otap.examples.pace.Pace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code --rate} and {@code --speed} mean. */
final class PaceArguments {

  private static final Pattern RATE = Pattern.compile("(\\d{1,9})(/s)?");
  private static final Pattern SPEED = Pattern.compile("(\\d{1,6}(\\.\\d{1,6})?)x?");

  private PaceArguments() {}

  /** Null for as fast as possible. */
  static Pace of(String rate, String speed) throws OtapException {
    if (rate != null && speed != null) {
      throw Refusal.because("--rate and --speed exclude each other");
    }
    if (rate != null) {
      Matcher number = RATE.matcher(rate);
      if (!number.matches() || Long.parseLong(number.group(1)) == 0) {
        throw Refusal.because("--rate takes records per second, like 1000/s, not " + rate);
      }
      return Pace.records(Long.parseLong(number.group(1)));
    }
    if (speed != null) {
      Matcher number = SPEED.matcher(speed);
      if (!number.matches() || Double.parseDouble(number.group(1)) == 0) {
        throw Refusal.because("--speed takes a factor, like 1x or 10x, not " + speed);
      }
      return Pace.eventTime(Double.parseDouble(number.group(1)));
    }
    return null;
  }
}
