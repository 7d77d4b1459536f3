/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import java.io.IOException;
import org.apache.flink.types.variant.BinaryVariantInternalBuilder;
import org.apache.flink.types.variant.Variant;
import org.apache.flink.types.variant.VariantTypeException;

/** Texts that may be JSON. */
final class JsonText {

  private JsonText() {}

  /** The value, or null if the text is no JSON. */
  static Variant parse(String text) {
    try {
      return BinaryVariantInternalBuilder.parseJson(text, true);
    } catch (IOException | VariantTypeException e) {
      return null;
    }
  }
}
