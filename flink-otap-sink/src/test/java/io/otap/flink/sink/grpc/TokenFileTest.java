/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

  @TempDir private Path folder;

  @Test
  void aTokenCanBeReplaced() throws IOException {
    AtomicLong clock = new AtomicLong(5);
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    TokenFile token = new TokenFile(file, clock::get);
    assertThat(token.token()).isEqualTo("first");
    Files.writeString(file, "second\n");
    assertThat(token.token()).isEqualTo("first");
    clock.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(token.token()).isEqualTo("second");
  }

  @Test
  void whatIsNoTokenIsRefusedWithoutShowingIt() throws IOException {
    assertRefused("");
    assertRefused("two s3cr3t words");
    assertThatThrownBy(() -> new TokenFile(folder.resolve("none"), () -> 0).token())
        .isInstanceOf(IOException.class);
  }

  private void assertRefused(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);
    assertThatThrownBy(() -> new TokenFile(file, () -> 0).token())
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("s3cr3t");
  }
}
