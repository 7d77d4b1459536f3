/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;

/** What is said of a message that breaks the protocol. */
final class WireErrors {

  private static final String REMEDY = "; look at the sender, its stream has to begin anew";

  private WireErrors() {}

  /**
   * @param problem what was found, without a full stop
   */
  static OtapException broken(String problem) {
    return OtapException.of(OtapErrorKind.WIRE, problem + REMEDY);
  }

  static OtapException broken(String problem, Throwable cause) {
    return OtapException.of(OtapErrorKind.WIRE, problem + REMEDY, cause);
  }

  /**
   * @param remedy what to do, if not to look at the sender
   */
  static OtapException limit(String problem, String remedy) {
    return OtapException.of(OtapErrorKind.WIRE, problem + "; " + remedy);
  }

  static Place at(PayloadType type) {
    return Place.table(type.folder(), null);
  }

  static Place at(PayloadType type, Column column) {
    return Place.row(type.folder(), null, column.path(), -1);
  }
}
