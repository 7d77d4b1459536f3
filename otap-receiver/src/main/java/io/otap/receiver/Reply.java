/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;

/**
 * What happens to a request.
 *
 * @param stored whether it is kept, whatever the answer says
 * @param status of the answer
 * @param trailers of an answer that is not OK
 * @param rejected records that an OK answer reports as rejected
 * @param message that an OK answer carries; empty for none
 * @param delay until the answer
 * @param held whether the answer waits until it is released
 */
public record Reply(
    boolean stored,
    Status status,
    Metadata trailers,
    long rejected,
    String message,
    Duration delay,
    boolean held) {

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /** Keeps the request and says so. */
  public static Reply take() {
    return new Reply(true, Status.OK, new Metadata(), 0, "", Duration.ZERO, false);
  }

  /** Keeps the request, but reports some of its records as rejected. */
  public static Reply takePartly(long rejected, String message) {
    return new Reply(true, Status.OK, new Metadata(), rejected, message, Duration.ZERO, false);
  }

  public static Reply refuse(Status status) {
    return new Reply(false, status, new Metadata(), 0, "", Duration.ZERO, false);
  }

  /** Keeps the request, but answers as if not: as when an answer is lost. */
  public static Reply takeButRefuse(Status status) {
    return new Reply(true, status, new Metadata(), 0, "", Duration.ZERO, false);
  }

  /** A refusal with {@code google.rpc.RetryInfo}. */
  public static Reply refuseFor(Status status, Duration pause) {
    com.google.rpc.Status details =
        com.google.rpc.Status.newBuilder()
            .setCode(status.getCode().value())
            .setMessage(status.getDescription() == null ? "" : status.getDescription())
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(
                            com.google.protobuf.Duration.newBuilder()
                                .setSeconds(pause.getSeconds())
                                .setNanos(pause.getNano()))
                        .build()))
            .build();
    Metadata trailers = StatusProto.toStatusRuntimeException(details).getTrailers();
    return new Reply(false, status, trailers, 0, "", Duration.ZERO, false);
  }

  /** A refusal with gRPC's own trailer for that. */
  public static Reply pushBack(Status status, String millis) {
    Metadata trailers = new Metadata();
    trailers.put(PUSHBACK, millis);
    return new Reply(false, status, trailers, 0, "", Duration.ZERO, false);
  }

  public Reply after(Duration pause) {
    return new Reply(stored, status, trailers, rejected, message, pause, held);
  }

  /** The same answer, given when {@link OtlpService#release} says so, or never. */
  public Reply onRelease() {
    return new Reply(stored, status, trailers, rejected, message, delay, true);
  }
}
