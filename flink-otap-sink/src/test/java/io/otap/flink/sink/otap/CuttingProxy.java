/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.LongSupplier;

/** Passes bytes between a client and a server, and breaks connections in the middle of them. */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final LongSupplier allowances;
  private volatile int cuts;

  /**
   * @param target port of the server
   * @param allowances for each connection, how many bytes of the client it passes on before it is
   *     cut; negative for all
   */
  CuttingProxy(int target, LongSupplier allowances) throws IOException {
    this.target = target;
    this.allowances = allowances;
    Thread accepting = new Thread(this::accept, "cutting-proxy");
    accepting.setDaemon(true);
    accepting.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Connections that were cut so far. */
  int cuts() {
    return cuts;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        long allowed = allowances.getAsLong();
        pass(client, server, allowed < 0 ? Long.MAX_VALUE : allowed);
        pass(server, client, Long.MAX_VALUE);
      } catch (IOException e) {
        // The next connection may do better; when this is closed there is none.
      }
    }
  }

  private void pass(Socket from, Socket to, long allowed) {
    Thread passing =
        new Thread(
            () -> {
              try (from;
                  to;
                  InputStream in = from.getInputStream();
                  OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[1 << 14];
                long left = allowed;
                while (left > 0) {
                  int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                  if (count < 0) {
                    return;
                  }
                  out.write(buffer, 0, count);
                  left -= count;
                }
                cuts++;
              } catch (IOException e) {
                // The other direction has been cut.
              }
            },
            "cutting-proxy-connection");
    passing.setDaemon(true);
    passing.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
