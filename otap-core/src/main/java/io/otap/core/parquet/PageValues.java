/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;

/**
 * The values of a page, without nulls, read forward. A subclass is an encoding; it reads what that
 * encoding and the column's type can hold.
 */
abstract class PageValues {

  void ints(int[] out, int off, int n) throws IOException {
    throw impossible("32-bit integers");
  }

  void longs(long[] out, int off, int n) throws IOException {
    throw impossible("64-bit integers");
  }

  void doubles(double[] out, int off, int n) throws IOException {
    throw impossible("doubles");
  }

  void booleans(byte[] out, int off, int n) throws IOException {
    throw impossible("booleans");
  }

  /** Appends values with their bytes. */
  void binaries(BinaryPlain out, int n) throws IOException {
    throw impossible("strings or bytes");
  }

  abstract void skip(int n) throws IOException;

  private OtapException impossible(String what) {
    return OtapException.of(
        CORRUPT, "an encoding that cannot hold " + what + ": " + getClass().getSimpleName());
  }
}
