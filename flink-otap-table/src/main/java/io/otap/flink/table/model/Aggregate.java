/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What a query wants to know of the rows of a group.
 *
 * @param of the field that it is about; null for the rows themselves
 * @param type of the result
 */
@Internal
public record Aggregate(Function function, RowLayout.Field of, LogicalType type)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Nulls do not count in any of them. */
  public enum Function {
    /** How many values there are, or how many rows. */
    COUNT,
    /** Null if there are no values. */
    SUM,
    /** 0 if there are no values. */
    SUM0,
    /** Null if there are no values. */
    MIN,
    /** Null if there are no values. */
    MAX
  }
}
