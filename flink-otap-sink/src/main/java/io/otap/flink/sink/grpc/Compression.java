/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import org.apache.flink.annotation.PublicEvolving;

/** Compression of gRPC messages. */
@PublicEvolving
public enum Compression {
  NONE("identity"),
  GZIP("gzip"),
  ZSTD("zstd");

  private final String encoding;

  Compression(String encoding) {
    this.encoding = encoding;
  }

  /** The name in the header {@code grpc-encoding}. */
  public String encoding() {
    return encoding;
  }
}
