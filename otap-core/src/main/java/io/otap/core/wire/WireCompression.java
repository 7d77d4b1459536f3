/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.annotation.PublicEvolving;

/** Compression of the Arrow buffers in a message; that of gRPC comes on top. */
@PublicEvolving
public enum WireCompression {
  NONE,
  /** Level 1. */
  ZSTD
}
