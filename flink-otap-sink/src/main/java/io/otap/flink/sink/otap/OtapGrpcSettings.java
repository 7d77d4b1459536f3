/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.wire.EncoderOptions;
import io.otap.core.wire.WireCompression;
import io.otap.flink.sink.grpc.CheckedOptions;
import io.otap.flink.sink.grpc.GrpcSettings;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;

/**
 * {@link OtapGrpcSinkOptions}, checked.
 *
 * @param deadLetters null if what is not taken fails the job
 */
@Internal
public record OtapGrpcSettings(
    GrpcSettings grpc,
    Peer peer,
    WireCompression payloadCompression,
    Duration streamMaxAge,
    int suspectMaxAttempts,
    Path deadLetters)
    implements Serializable {

  /**
   * Keys without the prefix of sinks are not looked at.
   *
   * @throws OtapException of kind CONFIG with the option, its value and what fits
   */
  public static OtapGrpcSettings of(Configuration configuration) throws OtapException {
    CheckedOptions.checkKeys(configuration, OtapGrpcSinkOptions.ALL);
    CheckedOptions options = new CheckedOptions(configuration);
    int suspectAttempts =
        options.get(OtapGrpcSinkOptions.SUSPECT_MAX_ATTEMPTS, "a number of attempts");
    if (suspectAttempts < 1) {
      throw CheckedOptions.invalid(
          OtapGrpcSinkOptions.SUSPECT_MAX_ATTEMPTS, suspectAttempts, "1 or more", null);
    }
    return new OtapGrpcSettings(
        GrpcSettings.of(configuration),
        options.get(OtapGrpcSinkOptions.PEER, "generic, go or engine"),
        options.get(OtapGrpcSinkOptions.PAYLOAD_COMPRESSION, "zstd or none"),
        options.positive(OtapGrpcSinkOptions.STREAM_MAX_AGE),
        suspectAttempts,
        deadLetters(options.text(OtapGrpcSinkOptions.DEAD_LETTER)));
  }

  private static Path deadLetters(String folder) throws OtapException {
    try {
      return folder == null ? null : new Path(folder);
    } catch (IllegalArgumentException e) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "option "
              + OtapGrpcSinkOptions.DEAD_LETTER.key()
              + " cannot be '"
              + folder
              + "'; what fits is the path of a folder",
          e);
    }
  }

  EncoderOptions encoder() {
    return new EncoderOptions(
        payloadCompression,
        grpc.window().maxMessageBytes(),
        peer.unknownTables(),
        peer.steadyColumns());
  }
}
