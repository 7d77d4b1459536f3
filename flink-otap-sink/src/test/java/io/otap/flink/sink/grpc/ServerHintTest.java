/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.rpc.DebugInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHintTest {

  private static final ServerHint NONE = new ServerHint(false, false, -1);

  @Test
  void aRefusalMaySayNothing() {
    assertThat(ServerHint.of(Status.UNAVAILABLE, null)).isEqualTo(NONE);
    assertThat(ServerHint.of(Status.UNAVAILABLE, new Metadata())).isEqualTo(NONE);
    assertThat(hint(Any.pack(DebugInfo.getDefaultInstance()))).isEqualTo(NONE);
  }

  @Test
  void retryInfoAmongTheDetailsTellsThePause() {
    Any info =
        Any.pack(
            RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setSeconds(3).setNanos(250_000_000))
                .build());
    assertThat(hint(Any.pack(DebugInfo.getDefaultInstance()), info))
        .isEqualTo(new ServerHint(true, false, 3250));
    assertThat(hint(Any.pack(RetryInfo.getDefaultInstance())))
        .isEqualTo(new ServerHint(true, false, 0));
  }

  @Test
  void detailsThatCannotBeReadSayNothing() {
    Any broken =
        Any.pack(RetryInfo.getDefaultInstance()).toBuilder()
            .setValue(ByteString.copyFromUtf8("\n\u007f"))
            .build();
    assertThat(hint(broken)).isEqualTo(NONE);
  }

  @Test
  void pushbackTellsThePause() {
    assertThat(pushback("1500")).isEqualTo(new ServerHint(true, false, 1500));
    assertThat(pushback("0")).isEqualTo(new ServerHint(true, false, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "", "soon", "99999999999"})
  void pushbackThatIsNoTimeForbidsToRetry(String millis) {
    assertThat(pushback(millis)).isEqualTo(new ServerHint(false, true, -1));
  }

  private static ServerHint pushback(String millis) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), millis);
    return ServerHint.of(Status.UNAVAILABLE, trailers);
  }

  private static ServerHint hint(Any... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(Status.Code.UNAVAILABLE.value());
    for (Any detail : details) {
      status.addDetails(detail);
    }
    return ServerHint.of(
        Status.UNAVAILABLE, StatusProto.toStatusRuntimeException(status.build()).getTrailers());
  }
}
