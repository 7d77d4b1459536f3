/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import java.util.Locale;

/** How much of the telemetry is printed. */
public enum PrintDetail {
  /** A line for each batch. */
  BASIC,
  /** A line for each record. */
  NORMAL,
  /** Every field and attribute, under headings for resources and scopes. */
  DETAILED;

  /** The detail of this name, or null. */
  public static PrintDetail of(String name) {
    for (PrintDetail detail : values()) {
      if (detail.name().toLowerCase(Locale.ROOT).equals(name)) {
        return detail;
      }
    }
    return null;
  }
}
