/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.annotation.Internal;

/** Opens channels. A channel connects by itself, with the first call. */
@Internal
public final class Channels {

  private Channels() {}

  /**
   * A channel with headers and token. Its callbacks run in the network's own threads and must not
   * block; gRPC's own retries are off.
   *
   * @throws OtapException of kind CONFIG if a certificate, a key or the token cannot be read
   */
  public static ManagedChannel open(ConnectionSettings settings) throws OtapException {
    ManagedChannelBuilder<?> builder =
        Grpc.newChannelBuilder("dns:///" + settings.endpoint(), credentials(settings.tls()))
            .directExecutor()
            .disableRetry()
            .compressorRegistry(compressors())
            .intercept(headers(settings));
    if (settings.tls() != null && settings.tls().serverName() != null) {
      builder.overrideAuthority(settings.tls().serverName());
    }
    if (settings.keepAliveTime() != null) {
      builder
          .keepAliveTime(settings.keepAliveTime().toMillis(), TimeUnit.MILLISECONDS)
          .keepAliveTimeout(settings.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
    return builder.build();
  }

  private static CallHeaders headers(ConnectionSettings settings) throws OtapException {
    if (settings.bearerTokenFile() == null) {
      return new CallHeaders(settings.headers(), null);
    }
    TokenFile tokenFile = new TokenFile(Path.of(settings.bearerTokenFile()), System::nanoTime);
    try {
      tokenFile.token();
    } catch (IOException e) {
      throw CheckedOptions.invalid(
          GrpcSinkOptions.BEARER_TOKEN_FILE,
          settings.bearerTokenFile(),
          "a file with a token, but: " + e,
          e);
    }
    return new CallHeaders(settings.headers(), tokenFile);
  }

  private static ChannelCredentials credentials(TlsSettings tls) throws OtapException {
    if (tls == null) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
    try {
      if (tls.caFile() != null) {
        builder.trustManager(new File(tls.caFile()));
      }
      if (tls.certFile() != null) {
        builder.keyManager(new File(tls.certFile()), new File(tls.keyFile()));
      }
    } catch (IOException e) {
      throw OtapException.of(
          OtapErrorKind.CONFIG, "a file of the options sink.tls.* cannot be read: " + e, e);
    }
    return builder.build();
  }

  private static CompressorRegistry compressors() {
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(Codec.Identity.NONE);
    compressors.register(new Codec.Gzip());
    compressors.register(new ZstdCompressor());
    return compressors;
  }
}
