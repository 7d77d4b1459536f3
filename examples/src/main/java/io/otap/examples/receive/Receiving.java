/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.receive;

import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import io.otap.core.model.Signal;
import io.otap.core.wire.DecoderLimits;
import io.otap.receiver.Behaviour;
import io.otap.receiver.DiscardingStore;
import io.otap.receiver.GrpcService;
import io.otap.receiver.OtapBehaviour;
import io.otap.receiver.OtapCall;
import io.otap.receiver.OtapReply;
import io.otap.receiver.OtapService;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A receiver that runs as the arguments say. */
final class Receiving implements AutoCloseable {

  static final String OTLP = "OTLP";
  static final String OTAP = "OTAP";

  private static final String OTLP_FILE = "otlp-file:";

  /** As many as the engine has unanswered on a stream. */
  private static final int MAX_UNANSWERED_BATCHES = 16;

  private final String host;
  private final OtlpService otlp;
  private final OtapService otap;

  /** By what they take; one server under both names if the port is the same. */
  private final Map<String, ReceiverServer> servers = new TreeMap<>();

  private Receiving(ReceiveArguments arguments, RequestStore store) {
    this.host = arguments.host;
    this.otlp = new OtlpService(store, behaviour(arguments));
    this.otap =
        new OtapService(
            store, otapBehaviour(arguments), DecoderLimits.DEFAULT, MAX_UNANSWERED_BATCHES);
  }

  /**
   * @throws IOException with a sentence if that cannot work; nothing runs then
   */
  static Receiving start(ReceiveArguments arguments) throws IOException {
    if (arguments.otlpPort == null && arguments.otapPort == null) {
      throw new IOException("--otlp or --otap must name a port");
    }
    ServerTls tls = tls(arguments);
    if (arguments.maxMessageBytes < 1) {
      throw new IOException("--max-message-bytes must be 1 or more");
    }
    Map<String, InetSocketAddress> addresses = new TreeMap<>();
    if (arguments.otlpPort != null) {
      addresses.put(OTLP, address("--otlp", arguments.otlpPort, arguments.host));
    }
    if (arguments.otapPort != null) {
      addresses.put(OTAP, address("--otap", arguments.otapPort, arguments.host));
    }
    Receiving receiving = new Receiving(arguments, store(arguments.to));
    try {
      receiving.listen(addresses, tls, arguments.maxMessageBytes);
    } catch (IOException e) {
      receiving.close();
      throw e;
    }
    return receiving;
  }

  private void listen(Map<String, InetSocketAddress> addresses, ServerTls tls, int maxMessageBytes)
      throws IOException {
    InetSocketAddress shared = addresses.get(OTLP);
    if (shared != null && shared.getPort() > 0 && shared.equals(addresses.get(OTAP))) {
      ReceiverServer server = server(shared, tls, maxMessageBytes, otlp, otap);
      servers.put(OTLP, server);
      servers.put(OTAP, server);
      return;
    }
    for (Map.Entry<String, InetSocketAddress> address : addresses.entrySet()) {
      servers.put(
          address.getKey(),
          server(
              address.getValue(),
              tls,
              maxMessageBytes,
              address.getKey().equals(OTLP) ? otlp : otap));
    }
  }

  private static ReceiverServer server(
      InetSocketAddress address, ServerTls tls, int maxMessageBytes, GrpcService... services)
      throws IOException {
    try {
      return ReceiverServer.start(address, tls, maxMessageBytes, services);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "cannot listen at "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + reason(e),
          e);
    }
  }

  private static InetSocketAddress address(String option, int port, String host)
      throws IOException {
    if (port < 0 || port >= 1 << 16) {
      throw new IOException(option + " must be a port from 0 to 65535, not " + port);
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("--listen " + host + " is no address of this machine");
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
    if (isNth(call.number(), arguments.loseAnswerEvery)) {
      return Reply.takeButRefuse(Status.UNAVAILABLE.withDescription("answer lost as asked"));
    }
    return Reply.take();
  }

  private static OtapBehaviour otapBehaviour(ReceiveArguments arguments) {
    return call -> otapReply(arguments, call).after(arguments.delay());
  }

  private static OtapReply otapReply(ReceiveArguments arguments, OtapCall call) {
    if (call.number() <= arguments.refuseFirst) {
      return OtapReply.refuse(StatusCode.UNAVAILABLE, "refused as asked");
    }
    if (isNth(call.number(), arguments.endStreamEvery)) {
      return OtapReply.endStream(Status.OK);
    }
    if (isNth(call.number(), arguments.loseAnswerEvery)) {
      return OtapReply.takeButRefuse(StatusCode.UNAVAILABLE, "answer lost as asked");
    }
    return OtapReply.take();
  }

  private static boolean isNth(long number, long every) {
    return every > 0 && number % every == 0;
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  int port(String protocol) {
    return servers.get(protocol).port();
  }

  /** Lines that say what is taken where. */
  List<String> addresses() {
    return servers.entrySet().stream()
        .map(
            server ->
                "listening for " + server.getKey() + " on " + host + ":" + server.getValue().port())
        .toList();
  }

  /** Requests and batches that were kept, by signal. */
  String taken() {
    List<String> lines = new ArrayList<>();
    if (servers.containsKey(OTLP)) {
      lines.add(taken("requests", otlp.taken()));
    }
    if (servers.containsKey(OTAP)) {
      lines.add(taken("batches", otap.taken()));
    }
    return String.join("; ", lines);
  }

  private static String taken(String noun, Map<Signal, Long> counts) {
    return counts.isEmpty()
        ? "no " + noun
        : noun
            + ": "
            + counts.entrySet().stream()
                .map(entry -> entry.getKey().id() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
  }

  /** Answers what has come in, then closes the files. */
  @Override
  public void close() throws IOException {
    servers.values().forEach(ReceiverServer::close);
    otlp.close();
    otap.close();
  }
}
