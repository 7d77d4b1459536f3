/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import org.apache.flink.annotation.PublicEvolving;

/** What to do when a receiver took a request but rejected some of its records. */
@PublicEvolving
public enum PartialSuccess {
  /** Count them, log the receiver's message and go on. */
  COUNT,
  /** Fail the job. It will send the request again when it restarts. */
  FAIL
}
