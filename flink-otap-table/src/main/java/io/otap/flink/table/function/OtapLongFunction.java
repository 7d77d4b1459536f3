/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.error.OtapException;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;

/** {@code OTAP_LONG(attributes, key)}: the value of an int; of text, one in digits. */
@PublicEvolving
public final class OtapLongFunction extends AttributeFunction {

  private static final long serialVersionUID = 1L;

  public OtapLongFunction() {
    super(DataTypes.BIGINT());
  }

  /** Called by generated code. */
  public Long eval(Object attributes, StringData key) throws OtapException {
    return (Long) find(attributes, key);
  }

  @Override
  AttributeFunction fresh() {
    return new OtapLongFunction();
  }

  @Override
  Object ofText(StringData text) {
    try {
      return Long.valueOf(text.toString());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  Object ofValue(AnyValue value) {
    return value.hasIntValue() ? value.getIntValue() : null;
  }
}
