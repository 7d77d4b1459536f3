/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * How to reach a receiver and what to tell it with every call.
 *
 * @param endpoint host and port
 * @param tls null without encryption
 * @param headers by name; the values may be secrets
 * @param bearerTokenFile null if there is none
 * @param keepAliveTime null if idle connections are not probed
 */
@Internal
public record ConnectionSettings(
    String endpoint,
    TlsSettings tls,
    Map<String, String> headers,
    String bearerTokenFile,
    Compression compression,
    Duration requestTimeout,
    Duration keepAliveTime,
    Duration keepAliveTimeout)
    implements Serializable {

  public ConnectionSettings {
    headers = Map.copyOf(headers);
  }

  /** Without the values of headers. */
  @Override
  public String toString() {
    return "ConnectionSettings[endpoint="
        + endpoint
        + ", tls="
        + tls
        + ", headers="
        + headers.keySet().stream().sorted().toList()
        + ", bearerTokenFile="
        + bearerTokenFile
        + ", compression="
        + compression
        + "]";
  }
}
