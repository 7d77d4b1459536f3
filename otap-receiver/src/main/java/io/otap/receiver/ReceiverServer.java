/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.grpc.DecompressorRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gRPC server that listens. It takes messages without compression, in gzip and in zstd. */
public final class ReceiverServer implements AutoCloseable {

  private static final long GRACE_SECONDS = 2;

  private final Server server;

  private ReceiverServer(Server server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param address where to listen; port 0 lets the system choose
   * @param tls null without encryption
   * @param maxMessageBytes of a message, uncompressed; larger ones are refused by gRPC with
   *     RESOURCE_EXHAUSTED
   */
  public static ReceiverServer start(
      InetSocketAddress address, ServerTls tls, int maxMessageBytes, GrpcService... services)
      throws IOException {
    return start(
        address,
        tls,
        maxMessageBytes,
        Stream.of(services).flatMap(service -> service.definitions().stream()).toList());
  }

  private static ReceiverServer start(
      InetSocketAddress address,
      ServerTls tls,
      int maxMessageBytes,
      List<ServerServiceDefinition> services)
      throws IOException {
    return new ReceiverServer(
        NettyServerBuilder.forAddress(address, credentials(tls))
            .addServices(services)
            .maxInboundMessageSize(maxMessageBytes)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .decompressorRegistry(
                DecompressorRegistry.getDefaultInstance().with(new ZstdDecompressor(), true))
            .build()
            .start());
  }

  private static ServerCredentials credentials(ServerTls tls) throws IOException {
    if (tls == null) {
      return InsecureServerCredentials.create();
    }
    TlsServerCredentials.Builder builder =
        TlsServerCredentials.newBuilder().keyManager(tls.cert().toFile(), tls.key().toFile());
    if (tls.clientCa() != null) {
      builder
          .trustManager(tls.clientCa().toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
    }
    return builder.build();
  }

  public int port() {
    return server.getPort();
  }

  /** Breaks all connections, as when the process dies. */
  public void kill() {
    server.shutdownNow();
    await();
  }

  /** Answers what has come in, then ends; what takes longer than a moment is broken off. */
  @Override
  public void close() {
    server.shutdown();
    if (!await()) {
      kill();
    }
  }

  private boolean await() {
    try {
      return server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
