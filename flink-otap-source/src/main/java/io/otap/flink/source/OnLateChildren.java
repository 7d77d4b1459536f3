/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/** What happens when child rows appear whose root file was read before. */
@PublicEvolving
public enum OnLateChildren {
  /** The job fails. */
  FAIL,
  /** The rows are lost; their file is named and counted. */
  COUNT,
  /**
   * The file is named and counted, and the rows go to {@link OtapStreams#LATE_CHILDREN}, each once;
   * of keyed assembly only.
   */
  SIDE_OUTPUT;

  /** The value of the option. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
