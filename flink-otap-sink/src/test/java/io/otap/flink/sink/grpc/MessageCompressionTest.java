/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.TestRequests.Options;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCompressionTest {

  private MessageCompression compression;

  @BeforeEach
  void askForZstd() throws OtapException {
    Options options = new Options().with(GrpcSinkOptions.COMPRESSION, "zstd");
    compression =
        new MessageCompression(
            GrpcSettings.of(options.configuration("collector:4317")).connection());
    assertThat(compression.current()).isEqualTo(Compression.ZSTD);
  }

  /** What gRPC says in Java, Go and Rust. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Can't find decompressor for zstd",
        "grpc: Decompressor is not installed for grpc-encoding \"zstd\"",
        "Content is compressed with `zstd` which isn't supported"
      })
  void withoutNamesOfOthersNoneFollows(String description) {
    Status refusal = Status.UNIMPLEMENTED.withDescription(description);
    assertThat(compression.givesWay(Compression.ZSTD, refusal, null)).isTrue();
    assertThat(compression.current()).isEqualTo(Compression.NONE);
  }

  @Test
  void whatTheReceiverNamesFollows() {
    assertThat(compression.givesWay(Compression.ZSTD, Status.UNIMPLEMENTED, accepts("gzip")))
        .isTrue();
    assertThat(compression.current()).isEqualTo(Compression.GZIP);
    assertThat(compression.givesWay(Compression.GZIP, Status.UNIMPLEMENTED, accepts("identity")))
        .isTrue();
    assertThat(compression.current()).isEqualTo(Compression.NONE);
  }

  @Test
  void callsThatWereOnTheirWayAreTriedAgainToo() {
    assertThat(compression.givesWay(Compression.ZSTD, Status.UNIMPLEMENTED, accepts("gzip")))
        .isTrue();
    assertThat(compression.givesWay(Compression.ZSTD, Status.UNIMPLEMENTED, accepts("gzip")))
        .isTrue();
    assertThat(compression.current()).isEqualTo(Compression.GZIP);
  }

  @Test
  void otherFailuresChangeNothing() {
    Status noService = Status.UNIMPLEMENTED.withDescription("unknown service");
    assertThat(compression.givesWay(Compression.ZSTD, noService, null)).isFalse();
    assertThat(compression.givesWay(Compression.ZSTD, noService, accepts("identity, zstd")))
        .isFalse();
    assertThat(
            compression.givesWay(
                Compression.ZSTD, Status.INTERNAL.withDescription("decompress"), null))
        .isFalse();
    assertThat(compression.givesWay(Compression.NONE, Status.UNIMPLEMENTED, accepts("gzip")))
        .isFalse();
    assertThat(compression.current()).isEqualTo(Compression.ZSTD);
  }

  private static Metadata accepts(String encodings) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-accept-encoding", Metadata.ASCII_STRING_MARSHALLER), encodings);
    return trailers;
  }
}
