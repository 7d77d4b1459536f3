/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.CheckedOptions;
import io.otap.flink.sink.grpc.GrpcSettings;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import java.io.Serializable;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
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
    for (String key : options.keySet()) {
      if (key.startsWith(GrpcSinkOptions.PREFIX) && !isKnown(key)) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "there is no option "
                + key
                + "; the sink has "
                + OtlpGrpcSinkOptions.ALL.stream()
                    .map(ConfigOption::key)
                    .collect(Collectors.joining(", ")));
      }
    }
    return new OtlpGrpcSettings(
        GrpcSettings.of(options),
        new CheckedOptions(options).get(OtlpGrpcSinkOptions.ON_PARTIAL_SUCCESS, "count or fail"));
  }

  /** Flink also writes maps as one key for each entry. */
  private static boolean isKnown(String key) {
    return OtlpGrpcSinkOptions.ALL.stream().anyMatch(option -> option.key().equals(key))
        || key.startsWith(GrpcSinkOptions.HEADERS.key() + ".");
  }
}
