/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.error;

import io.otap.core.annotation.PublicEvolving;

/**
 * What went wrong, as far as the remedy depends on it. {@code docs/ERRORS.md} lists cause and
 * remedy of each.
 */
@PublicEvolving
public enum OtapErrorKind {
  /** An option, argument or combination of options that cannot work. */
  CONFIG,
  /** The storage failed: a read, a listing, a write. Often transient. */
  IO,
  /** The tree does not look like what an exporter writes. */
  DISCOVERY,
  /** A partition cannot be read as one sequence of ids. */
  PARTITION,
  /** The bytes of a file contradict the Parquet format or themselves. */
  CORRUPT,
  /** A file is sound but a column does not fit the OTAP model. */
  SCHEMA,
  /** A file that was listed before is gone. */
  MISSING_FILE,
  /** Rows cannot be put together to telemetry again. */
  RECONSTRUCTION,
  /** Resources or scopes of rows are undecided and the policy does not allow it. */
  RECOVERY,
  /** A message on the wire breaks the protocol. */
  WIRE
}
