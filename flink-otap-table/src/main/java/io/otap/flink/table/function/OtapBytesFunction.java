/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.error.OtapException;
import java.util.Base64;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;

/** {@code OTAP_BYTES(attributes, key)}: the value of bytes; of text, what is base64. */
@PublicEvolving
public final class OtapBytesFunction extends AttributeFunction {

  private static final long serialVersionUID = 1L;

  public OtapBytesFunction() {
    super(DataTypes.BYTES());
  }

  /** Called by generated code. */
  public byte[] eval(Object attributes, StringData key) throws OtapException {
    return (byte[]) find(attributes, key);
  }

  @Override
  AttributeFunction fresh() {
    return new OtapBytesFunction();
  }

  @Override
  Object ofText(StringData text) {
    try {
      return Base64.getDecoder().decode(text.toBytes());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  Object ofValue(AnyValue value) {
    return value.hasBytesValue() ? value.getBytesValue().toByteArray() : null;
  }
}
