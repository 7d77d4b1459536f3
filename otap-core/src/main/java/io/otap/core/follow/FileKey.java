/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file is known by when it is listed again: the UUID of its name, combined with its folder,
 * or a hash of its path where the name has none. 128 bits.
 */
@Internal
public record FileKey(long high, long low) {

  private static final Pattern NAME =
      Pattern.compile(
          "part-\\d+-([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\\.parquet");

  /** The key of the file at a path. */
  public static FileKey of(String path) {
    int slash = path.lastIndexOf('/');
    Matcher name = NAME.matcher(path.substring(slash + 1));
    if (!name.matches()) {
      return hash(path);
    }
    FileKey folder = hash(path.substring(0, slash + 1));
    long high = Long.parseUnsignedLong(name.group(1) + name.group(2) + name.group(3), 16);
    long low = Long.parseUnsignedLong(name.group(4) + name.group(5), 16);
    return new FileKey(high ^ folder.high, low ^ folder.low);
  }

  private static FileKey hash(String text) {
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      return new FileKey(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
