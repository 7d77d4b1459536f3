/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.receive;

import io.grpc.Status;
import io.otap.core.model.Signal;
import io.otap.receiver.Behaviour;
import io.otap.receiver.DiscardingStore;
import io.otap.receiver.OtlpCall;
import io.otap.receiver.OtlpFileStore;
import io.otap.receiver.OtlpService;
import io.otap.receiver.ReceiverServer;
import io.otap.receiver.Reply;
import io.otap.receiver.RequestStore;
import io.otap.receiver.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A receiver that runs as the arguments say. */
final class Receiving implements AutoCloseable {

  private static final String OTLP_FILE = "otlp-file:";

  private final String host;
  private final OtlpService otlp;
  private final ReceiverServer server;

  private Receiving(String host, OtlpService otlp, ReceiverServer server) {
    this.host = host;
    this.otlp = otlp;
    this.server = server;
  }

  /**
   * @throws IOException with a sentence if that cannot work; nothing runs then
   */
  static Receiving start(ReceiveArguments arguments) throws IOException {
    InetSocketAddress address = address(arguments);
    ServerTls tls = tls(arguments);
    if (arguments.maxMessageBytes < 1) {
      throw new IOException("--max-message-bytes must be 1 or more");
    }
    OtlpService otlp = new OtlpService(store(arguments.to), behaviour(arguments));
    try {
      return new Receiving(
          arguments.host,
          otlp,
          ReceiverServer.start(address, tls, arguments.maxMessageBytes, otlp));
    } catch (IOException | IllegalArgumentException e) {
      otlp.close();
      throw new IOException(
          "cannot listen at " + arguments.host + ":" + arguments.otlpPort + ": " + reason(e), e);
    }
  }

  private static InetSocketAddress address(ReceiveArguments arguments) throws IOException {
    if (arguments.otlpPort < 0 || arguments.otlpPort >= 1 << 16) {
      throw new IOException("--otlp must be a port from 0 to 65535, not " + arguments.otlpPort);
    }
    InetSocketAddress address = new InetSocketAddress(arguments.host, arguments.otlpPort);
    if (address.isUnresolved()) {
      throw new IOException("--listen " + arguments.host + " is no address of this machine");
    }
    return address;
  }

  private static ServerTls tls(ReceiveArguments arguments) throws IOException {
    if ((arguments.tlsCert == null) != (arguments.tlsKey == null)) {
      throw new IOException("--tls-cert and --tls-key go together");
    }
    if (arguments.tlsCert == null) {
      if (arguments.tlsClientCa != null) {
        throw new IOException("--tls-client-ca needs --tls-cert and --tls-key");
      }
      return null;
    }
    return new ServerTls(arguments.tlsCert, arguments.tlsKey, arguments.tlsClientCa);
  }

  private static RequestStore store(String to) throws IOException {
    if (to.equals("null:")) {
      return new DiscardingStore();
    }
    if (to.startsWith(OTLP_FILE) && to.length() > OTLP_FILE.length()) {
      return new OtlpFileStore(Path.of(to.substring(OTLP_FILE.length())));
    }
    throw new IOException("there is no target " + to + "; use otlp-file:DIR or null:");
  }

  private static Behaviour behaviour(ReceiveArguments arguments) {
    return call -> reply(arguments, call).after(arguments.delay());
  }

  private static Reply reply(ReceiveArguments arguments, OtlpCall call) {
    if (call.number() <= arguments.refuseFirst) {
      return Reply.refuse(Status.UNAVAILABLE.withDescription("refused as asked"));
    }
    if (arguments.loseAnswerEvery > 0 && call.number() % arguments.loseAnswerEvery == 0) {
      return Reply.takeButRefuse(Status.UNAVAILABLE.withDescription("answer lost as asked"));
    }
    return Reply.take();
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  int port() {
    return server.port();
  }

  String address() {
    return host + ":" + server.port();
  }

  /** Requests that were kept, by signal. */
  String taken() {
    Map<Signal, Long> taken = otlp.taken();
    return taken.isEmpty()
        ? "no requests"
        : "requests: "
            + taken.entrySet().stream()
                .map(entry -> entry.getKey().id() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
  }

  /** Answers what has come in, then closes the files. */
  @Override
  public void close() throws IOException {
    server.close();
    otlp.close();
  }
}
