/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;

/** Errors of values that OTLP cannot hold. */
final class Misfits {

  private Misfits() {}

  static OtapException of(String column, Object value, String fits) {
    return OtapException.of(
            OtapErrorKind.SCHEMA, "a row has the value '" + value + "'; what fits is " + fits)
        .at(Place.column(column));
  }
}
