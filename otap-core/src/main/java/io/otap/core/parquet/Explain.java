/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import java.io.EOFException;
import java.io.IOException;

/**
 * Makes of whatever reading bytes threw an error that says what to do. Failures of the storage stay
 * as they are.
 */
final class Explain {

  private Explain() {}

  static IOException at(Exception e, Place place) {
    if (e instanceof OtapException known) {
      return known.at(place);
    }
    if (e instanceof EOFException) {
      return OtapException.of(
              CORRUPT, "the file ends before its data does; copy or write it again", e)
          .at(place);
    }
    if (e instanceof IOException storage) {
      return storage;
    }
    return OtapException.of(
            CORRUPT, "the bytes of the file contradict themselves (" + e + "); copy it again", e)
        .at(place);
  }
}
