/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldWatermarkTest {

  private final HeldWatermark watermark = new HeldWatermark();

  @Test
  void passesWhenNothingWaits() {
    assertThat(watermark.rises()).isFalse();
    watermark.arrive(5);
    assertThat(watermark.rises()).isTrue();
    assertThat(watermark.current()).isEqualTo(5);
    assertThat(watermark.rises()).isFalse();
  }

  @Test
  void staysBelowTheEarliestThatWaits() {
    watermark.hold(10);
    watermark.hold(10);
    watermark.hold(20);
    watermark.arrive(15);
    assertThat(watermark.rises()).isTrue();
    assertThat(watermark.current()).isEqualTo(9);
    watermark.release(10);
    assertThat(watermark.rises()).isFalse();
    watermark.release(10);
    assertThat(watermark.rises()).isTrue();
    assertThat(watermark.current()).isEqualTo(15);
    watermark.arrive(Long.MAX_VALUE);
    assertThat(watermark.rises()).isTrue();
    assertThat(watermark.current()).isEqualTo(19);
    watermark.release(20);
    assertThat(watermark.rises()).isTrue();
    assertThat(watermark.current()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void neverFallsForWhatComesTooLate() {
    watermark.arrive(30);
    assertThat(watermark.rises()).isTrue();
    watermark.hold(10);
    watermark.arrive(40);
    assertThat(watermark.rises()).isFalse();
    assertThat(watermark.current()).isEqualTo(30);
    watermark.release(10);
    assertThat(watermark.rises()).isTrue();
    assertThat(watermark.current()).isEqualTo(40);
  }
}
