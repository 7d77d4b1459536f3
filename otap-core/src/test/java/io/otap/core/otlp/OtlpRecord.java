/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A log record, a span, a data point or a metric without points, together with everything around
 * it, as named texts.
 *
 * @param context fields of the resource and the scope
 * @param fields fields of the record
 */
public record OtlpRecord(Map<String, String> context, Map<String, String> fields) {

  /** All fields, those of the context first. */
  public Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(context);
    all.putAll(fields);
    return all;
  }

  /** SHA-256 of the texts. */
  byte[] hash() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(text(context));
      sha.update((byte) 0x1E);
      return sha.digest(text(fields));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] text(Map<String, String> fields) {
    return String.join("\u001f", fields.values()).getBytes(UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    all().forEach((k, v) -> out.append("    ").append(k).append(' ').append(v).append('\n'));
    return out.toString();
  }
}
