/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import org.apache.flink.annotation.Internal;

/**
 * What a refusal says about trying again: {@code google.rpc.RetryInfo} among the details of the
 * status, or the trailer {@code grpc-retry-pushback-ms}.
 *
 * @param given whether the receiver said when to come back
 * @param forbidden whether it asked not to come back
 * @param millis the pause that it asks for; -1 if it does not
 */
@Internal
public record ServerHint(boolean given, boolean forbidden, long millis) {

  private static final ServerHint NONE = new ServerHint(false, false, -1);
  private static final ServerHint FORBIDDEN = new ServerHint(false, true, -1);

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /**
   * @param trailers null if there are none
   */
  public static ServerHint of(Status status, Metadata trailers) {
    if (trailers == null) {
      return NONE;
    }
    String pushback = trailers.get(PUSHBACK);
    if (pushback != null) {
      return pushback.matches("[0-9]{1,9}") ? after(Long.parseLong(pushback)) : FORBIDDEN;
    }
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
    for (Any detail : details.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        try {
          RetryInfo info = detail.unpack(RetryInfo.class);
          return after(
              info.getRetryDelay().getSeconds() * 1000
                  + info.getRetryDelay().getNanos() / 1_000_000);
        } catch (InvalidProtocolBufferException e) {
          return NONE;
        }
      }
    }
    return NONE;
  }

  private static ServerHint after(long millis) {
    return new ServerHint(true, false, Math.max(0, millis));
  }
}
