/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import java.util.function.Consumer;

/** Collects lines of text and hands them on in pieces that are not too large for one record. */
final class Lines {

  private static final int PIECE = 32 << 10;

  private final Consumer<String> out;
  private final StringBuilder piece = new StringBuilder();

  Lines(Consumer<String> out) {
    this.out = out;
  }

  void line(int indent, String text) {
    piece.append("  ".repeat(indent)).append(text).append('\n');
    if (piece.length() >= PIECE) {
      flush();
    }
  }

  /** A named field; nothing if it is empty. */
  void field(int indent, String name, String value) {
    if (!value.isEmpty()) {
      line(indent, name + ": " + value);
    }
  }

  /** A named number; nothing if it is 0. */
  void field(int indent, String name, long value) {
    if (value != 0) {
      line(indent, name + ": " + Long.toUnsignedString(value));
    }
  }

  void flush() {
    if (!piece.isEmpty()) {
      out.accept(piece.toString());
      piece.setLength(0);
    }
  }
}
