/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import java.util.Arrays;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.LogicalType;

/** What can be read of a row's origin: {@code METADATA} columns. */
@PublicEvolving
public enum MetadataColumn {
  /** The {@code _part_id}; null in a tree without partitions. */
  PART_ID("part_id", SqlTypes.STRING),
  /** Path of the file with the root row. */
  FILE_PATH("file.path", SqlTypes.STRING),
  /** When that file was changed last. */
  FILE_MODIFICATION_TIME("file.modification-time", SqlTypes.MILLIS),
  /**
   * How certain the resource and the scope of the row are, the less certain of both: C1, C2 or C3
   * (proven under the documented assumptions), L (likely) or N (undecided).
   */
  RECOVERY_CLASS("recovery-class", SqlTypes.STRING);

  private final String key;
  private final LogicalType type;

  MetadataColumn(String key, LogicalType type) {
    this.key = key;
    this.type = type;
  }

  /** The name behind {@code METADATA FROM}. */
  public String key() {
    return key;
  }

  public LogicalType type() {
    return type;
  }

  /** The column with this key, or null. */
  public static MetadataColumn ofKey(String key) {
    return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst().orElse(null);
  }
}
