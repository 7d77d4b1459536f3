/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.flink.sink.grpc.GrpcSinkOptions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the sink for OTLP over gRPC, beside those of {@link GrpcSinkOptions}. */
@PublicEvolving
public final class OtlpGrpcSinkOptions {

  public static final ConfigOption<PartialSuccess> ON_PARTIAL_SUCCESS =
      ConfigOptions.key(GrpcSinkOptions.PREFIX + "on-partial-success")
          .enumType(PartialSuccess.class)
          .defaultValue(PartialSuccess.COUNT)
          .withDescription(
              "What to do when the receiver takes a request but rejects some of its records: count"
                  + " (count them, log its message, go on) or fail (fail the job). They are never"
                  + " sent again by themselves: OTLP forbids it.");

  /** All options, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      Stream.concat(GrpcSinkOptions.ALL.stream(), Stream.of(ON_PARTIAL_SUCCESS)).toList();

  private OtlpGrpcSinkOptions() {}
}
