/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import org.apache.flink.annotation.PublicEvolving;

/** What happens when child rows appear whose root file was read before. */
@PublicEvolving
public enum OnLateChildren {
  /** The job fails. */
  FAIL,
  /** The rows are lost; their file is named and counted. */
  COUNT
}
