/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.lang.Character.UnicodeScript;

/** How many columns of a terminal a text takes. */
final class DisplayWidth {

  private static final int FIRST_PICTOGRAPH = 0x1F300;
  private static final int LAST_PICTOGRAPH = 0x1FAFF;
  private static final int FULL_WIDTH_FORMS = 0xFF01;
  private static final int LAST_FULL_WIDTH_FORM = 0xFF60;

  private DisplayWidth() {}

  static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  static int of(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    if (codePoint < 0x1100) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(codePoint);
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || script == UnicodeScript.HANGUL
        || codePoint >= FIRST_PICTOGRAPH && codePoint <= LAST_PICTOGRAPH
        || codePoint >= FULL_WIDTH_FORMS && codePoint <= LAST_FULL_WIDTH_FORM;
  }

  /** As much of a text as fits, with a mark at its end if something was cut off. */
  static String cut(String text, int width, String mark) {
    if (of(text) <= width) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int left = width - of(mark);
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      left -= of(codePoint);
      if (left < 0) {
        break;
      }
      cut.appendCodePoint(codePoint);
      at += Character.charCount(codePoint);
    }
    return cut.append(mark).toString();
  }
}
