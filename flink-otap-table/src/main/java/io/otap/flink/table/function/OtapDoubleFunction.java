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

/** {@code OTAP_DOUBLE(attributes, key)}: the value of a double or an int; of text, a number. */
@PublicEvolving
public final class OtapDoubleFunction extends AttributeFunction {

  private static final long serialVersionUID = 1L;

  public OtapDoubleFunction() {
    super(DataTypes.DOUBLE());
  }

  /** Called by generated code. */
  public Double eval(Object attributes, StringData key) throws OtapException {
    return (Double) find(attributes, key);
  }

  @Override
  AttributeFunction fresh() {
    return new OtapDoubleFunction();
  }

  @Override
  Object ofText(StringData text) {
    try {
      return Double.valueOf(text.toString());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  Object ofValue(AnyValue value) {
    if (value.hasIntValue()) {
      return (double) value.getIntValue();
    }
    return value.hasDoubleValue() ? value.getDoubleValue() : null;
  }
}
