/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {

  @Test
  void unitsAddUp() throws OtapException {
    assertThat(HumanDuration.parse("d", "500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(HumanDuration.parse("d", "10s")).isEqualTo(Duration.ofSeconds(10));
    assertThat(HumanDuration.parse("d", " 1m 30s ")).isEqualTo(Duration.ofSeconds(90));
    assertThat(HumanDuration.parse("d", "1h30min")).isEqualTo(Duration.ofMinutes(90));
    assertThat(HumanDuration.parse("d", "2 days")).isEqualTo(Duration.ofDays(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "10x", "10s x", "-1s", "1.5s"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> HumanDuration.parse("polling_interval", text))
        .isInstanceOf(OtapException.class)
        .hasMessage(
            "polling_interval is no duration: " + text + "; write it like 500ms, 10s or 1m 30s");
  }
}
