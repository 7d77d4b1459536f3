/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors.CheckedForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.util.Map;

/** Adds the configured headers and the token to every call. */
final class CallHeaders implements ClientInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

  private final Metadata fixed = new Metadata();
  private final TokenFile tokenFile;

  /**
   * @param tokenFile null if there is none
   */
  CallHeaders(Map<String, String> headers, TokenFile tokenFile) {
    headers.forEach((name, value) -> fixed.put(key(name), value));
    this.tokenFile = tokenFile;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new CheckedForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      protected void checkedStart(Listener<A> listener, Metadata headers) throws StatusException {
        headers.merge(fixed);
        if (tokenFile != null) {
          headers.put(AUTHORIZATION, "Bearer " + token());
        }
        delegate().start(listener, headers);
      }
    };
  }

  private String token() throws StatusException {
    try {
      return tokenFile.token();
    } catch (IOException e) {
      throw Status.UNAUTHENTICATED
          .withDescription(
              "the file of " + GrpcSinkOptions.BEARER_TOKEN_FILE.key() + " cannot be used: " + e)
          .asException();
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
