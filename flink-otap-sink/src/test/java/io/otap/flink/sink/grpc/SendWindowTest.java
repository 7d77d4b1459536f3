/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SendWindowTest {

  @Test
  void bothBoundsHold() {
    SendWindow window = new SendWindow(3, 100);
    assertThat(window.isEmpty()).isTrue();
    assertThat(window.hasRoom(100)).isTrue();
    assertThat(window.hasRoom(101)).isFalse();
    window.enter(60);
    assertThat(window.hasRoom(41)).isFalse();
    window.enter(40);
    window.enter(0);
    assertThat(window.hasRoom(0)).as("three requests are there").isFalse();
    assertThatThrownBy(() -> window.enter(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("3 of 3 requests, 100 of 100 bytes");
    window.leave(60);
    assertThat(window.hasRoom(60)).isTrue();
    assertThat(window.requests()).isEqualTo(2);
    assertThat(window.bytes()).isEqualTo(40);
  }
}
