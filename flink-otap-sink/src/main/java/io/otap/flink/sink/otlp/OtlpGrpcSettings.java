/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.CheckedOptions;
import io.otap.flink.sink.grpc.GrpcSettings;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

/** {@link OtlpGrpcSinkOptions}, checked. */
@Internal
public record OtlpGrpcSettings(GrpcSettings grpc, PartialSuccess onPartialSuccess)
    implements Serializable {

  /**
   * Keys without the prefix of sinks are not looked at.
   *
   * @throws OtapException of kind CONFIG with the option, its value and what fits
   */
  public static OtlpGrpcSettings of(Configuration options) throws OtapException {
    CheckedOptions.checkKeys(options, OtlpGrpcSinkOptions.ALL);
    return new OtlpGrpcSettings(
        GrpcSettings.of(options),
        new CheckedOptions(options).get(OtlpGrpcSinkOptions.ON_PARTIAL_SUCCESS, "count or fail"));
  }
}
