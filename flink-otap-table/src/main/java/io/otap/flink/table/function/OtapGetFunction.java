/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.error.OtapException;
import io.otap.flink.table.value.ValueVariant;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.variant.Variant;

/** {@code OTAP_GET(attributes, key)}: the value as VARIANT; a text that is JSON counts as that. */
@PublicEvolving
public final class OtapGetFunction extends AttributeFunction {

  private static final long serialVersionUID = 1L;

  public OtapGetFunction() {
    super(DataTypes.VARIANT());
  }

  /** Called by generated code. */
  public Variant eval(Object attributes, StringData key) throws OtapException {
    return (Variant) find(attributes, key);
  }

  @Override
  AttributeFunction fresh() {
    return new OtapGetFunction();
  }

  @Override
  Object ofText(StringData text) {
    Variant parsed = JsonText.parse(text.toString());
    return parsed == null ? Variant.newBuilder().of(text.toString()) : parsed;
  }

  @Override
  Object ofValue(AnyValue value) {
    return ValueVariant.of(value);
  }
}
