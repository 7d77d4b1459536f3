/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A token in a file, read again from time to time. */
final class TokenFile {

  private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private final Path file;
  private final LongSupplier nanoClock;
  private String token;
  private long readAt;

  TokenFile(Path file, LongSupplier nanoClock) {
    this.file = file;
    this.nanoClock = nanoClock;
  }

  /**
   * @throws IOException if the file cannot be read or is empty; the message does not show it
   */
  synchronized String token() throws IOException {
    long now = nanoClock.getAsLong();
    if (token == null || now - readAt > FRESH_NANOS) {
      String content = Files.readString(file).strip();
      if (content.isEmpty() || !content.chars().allMatch(c -> c > ' ' && c <= '~')) {
        throw new IOException("it holds no token in one line of ASCII");
      }
      token = content;
      readAt = now;
    }
    return token;
  }
}
