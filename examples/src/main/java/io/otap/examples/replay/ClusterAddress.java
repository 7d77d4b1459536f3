/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;

/** REST address of a Flink cluster. */
record ClusterAddress(String host, int port) {

  private static final int CONNECT_MILLIS = 1000;

  static ClusterAddress parse(String text) throws OtapException {
    try {
      URI uri = new URI("flink://" + text);
      if (uri.getHost() != null && uri.getPort() > 0 && uri.getRawAuthority().equals(text)) {
        return new ClusterAddress(uri.getHost(), uri.getPort());
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw Refusal.because("--cluster must be HOST:PORT, like localhost:8081, not " + text);
  }

  /** Refuses an address where nobody listens. */
  void check() throws OtapException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
    } catch (IOException e) {
      throw Refusal.because(
          "no Flink cluster answers at " + this + "; --cluster takes its REST address");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
