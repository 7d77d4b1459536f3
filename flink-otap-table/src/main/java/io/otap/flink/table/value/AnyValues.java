/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.value;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.OtlpRequests;
import java.io.IOException;
import org.apache.flink.annotation.Internal;

/** Encoded AnyValue messages. */
@Internal
public final class AnyValues {

  private AnyValues() {}

  /**
   * @param bytes null for an empty value
   * @throws OtapException of kind WIRE if the bytes are no AnyValue
   */
  public static AnyValue parse(byte[] bytes) throws OtapException {
    if (bytes == null || bytes.length == 0) {
      return AnyValue.getDefaultInstance();
    }
    try {
      return OtlpRequests.parse(AnyValue.parser(), bytes);
    } catch (IOException e) {
      throw OtapException.of(
          OtapErrorKind.WIRE,
          "the "
              + bytes.length
              + " bytes of an exact value are no AnyValue of OTLP: "
              + e.getMessage()
              + "; give what a column of the exact form has, or declare another form",
          e);
    }
  }
}
