/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Builds an {@link OtlpGrpcSink}.
 *
 * <pre>{@code
 * OtlpGrpcSink<OtapBatch> sink =
 *     OtlpGrpcSink.forBatches("collector:4317")
 *         .setOption(GrpcSinkOptions.TLS_ENABLED, true)
 *         .setOption(GrpcSinkOptions.BEARER_TOKEN_FILE, "/run/secrets/token")
 *         .setOption(GrpcSinkOptions.COMPRESSION, Compression.ZSTD)
 *         .build();
 * }</pre>
 *
 * <p>Only the endpoint is required. Without more, the defaults of {@link GrpcSinkOptions} and
 * {@link OtlpGrpcSinkOptions} hold.
 */
@PublicEvolving
public final class OtlpGrpcSinkBuilder<T> {

  private final RequestForm<T> form;
  private final Configuration options = new Configuration();

  OtlpGrpcSinkBuilder(RequestForm<T> form, String endpoint) {
    this.form = form;
    options.set(GrpcSinkOptions.ENDPOINT, endpoint);
  }

  /** Sets one of {@link GrpcSinkOptions} or {@link OtlpGrpcSinkOptions}. */
  public <V> OtlpGrpcSinkBuilder<T> setOption(ConfigOption<V> option, V value) {
    options.set(option, value);
    return this;
  }

  /** Sets the options that are in a configuration; keys of others are not looked at. */
  public OtlpGrpcSinkBuilder<T> setOptions(Configuration configuration) {
    options.addAll(configuration);
    return this;
  }

  /**
   * @throws OtapException of kind CONFIG if an option is unknown or its value does not fit
   */
  public OtlpGrpcSink<T> build() throws OtapException {
    return new OtlpGrpcSink<>(form, OtlpGrpcSettings.of(options));
  }
}
