/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.command;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;

/** Arguments or settings that cannot work, in one sentence. */
public final class Refusal {

  private Refusal() {}

  public static OtapException because(String sentence) {
    return OtapException.of(OtapErrorKind.CONFIG, sentence);
  }
}
