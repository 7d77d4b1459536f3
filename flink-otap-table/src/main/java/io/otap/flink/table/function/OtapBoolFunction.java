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

/**
 * {@code OTAP_BOOL(attributes, key)}: the value of a bool; of text, {@code true} or {@code false}.
 */
@PublicEvolving
public final class OtapBoolFunction extends AttributeFunction {

  private static final long serialVersionUID = 1L;

  public OtapBoolFunction() {
    super(DataTypes.BOOLEAN());
  }

  /** Called by generated code. */
  public Boolean eval(Object attributes, StringData key) throws OtapException {
    return (Boolean) find(attributes, key);
  }

  @Override
  AttributeFunction fresh() {
    return new OtapBoolFunction();
  }

  @Override
  Object ofText(StringData text) {
    return switch (text.toString()) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  @Override
  Object ofValue(AnyValue value) {
    return value.hasBoolValue() ? value.getBoolValue() : null;
  }
}
