/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import java.util.Locale;

/** Numbers as people read them. */
final class Counts {

  private static final double KIB = 1024;

  private Counts() {}

  static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String of(long count, String thing) {
    return of(count) + " " + thing + (count == 1 ? "" : "s");
  }

  static String bytes(long bytes) {
    return bytes < KIB * KIB
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / KIB)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / KIB / KIB);
  }
}
