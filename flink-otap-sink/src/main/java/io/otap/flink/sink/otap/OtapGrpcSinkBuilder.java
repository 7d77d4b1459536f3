/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Builds an {@link OtapGrpcSink}.
 *
 * <pre>{@code
 * OtapGrpcSink<OtapBatch> sink =
 *     OtapGrpcSink.forBatches("collector:4317")
 *         .setOption(OtapGrpcSinkOptions.PEER, Peer.GO)
 *         .setOption(OtapGrpcSinkOptions.DEAD_LETTER, "s3://telemetry/not-taken")
 *         .build();
 * }</pre>
 *
 * <p>Only the endpoint is required. Without more, the defaults of {@link GrpcSinkOptions} and
 * {@link OtapGrpcSinkOptions} hold.
 */
@PublicEvolving
public final class OtapGrpcSinkBuilder<T> {

  private final BatchForm<T> form;
  private final Configuration options = new Configuration();

  OtapGrpcSinkBuilder(BatchForm<T> form, String endpoint) {
    this.form = form;
    options.set(GrpcSinkOptions.ENDPOINT, endpoint);
  }

  /** Sets one of {@link GrpcSinkOptions} or {@link OtapGrpcSinkOptions}. */
  public <V> OtapGrpcSinkBuilder<T> setOption(ConfigOption<V> option, V value) {
    options.set(option, value);
    return this;
  }

  /** Sets the options that are in a configuration; keys of others are not looked at. */
  public OtapGrpcSinkBuilder<T> setOptions(Configuration configuration) {
    options.addAll(configuration);
    return this;
  }

  /**
   * @throws OtapException of kind CONFIG if an option is unknown or its value does not fit
   */
  public OtapGrpcSink<T> build() throws OtapException {
    return new OtapGrpcSink<>(form, OtapGrpcSettings.of(options));
  }
}
