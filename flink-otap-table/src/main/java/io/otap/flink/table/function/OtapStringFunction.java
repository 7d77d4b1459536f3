/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.error.OtapException;
import io.otap.flink.table.value.ValueText;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;

/** {@code OTAP_STRING(attributes, key)}: the value as text, as in the text form. */
@PublicEvolving
public final class OtapStringFunction extends AttributeFunction {

  private static final long serialVersionUID = 1L;

  public OtapStringFunction() {
    super(DataTypes.STRING().bridgedTo(StringData.class));
  }

  /** Called by generated code. */
  public StringData eval(Object attributes, StringData key) throws OtapException {
    return (StringData) find(attributes, key);
  }

  @Override
  AttributeFunction fresh() {
    return new OtapStringFunction();
  }

  @Override
  Object ofText(StringData text) {
    return text;
  }

  @Override
  Object ofValue(AnyValue value) {
    return StringData.fromString(ValueText.of(value));
  }
}
