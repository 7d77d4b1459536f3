/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

/** What the {@value #KEY} metadata of a field say of its ids (OTAP-FORMAT 3.1). */
enum IdEncoding {
  /** The ids themselves. */
  PLAIN("plain"),
  /** Differences to the row before. */
  DELTA("delta"),
  /** Differences to the row before where that has equal values. */
  QUASI_DELTA("quasidelta"),
  /** No metadata: encoded as the model says, by the Go codec. */
  UNMARKED(null);

  static final String KEY = "encoding";

  private final String text;

  IdEncoding(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * @param text as found; null if there is none. Whatever is not plain is encoded
   */
  static IdEncoding of(String text) {
    for (IdEncoding encoding : values()) {
      if (encoding.text != null && encoding.text.equals(text)) {
        return encoding;
      }
    }
    return UNMARKED;
  }
}
