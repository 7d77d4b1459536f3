/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.value.AnyValues;
import io.otap.flink.table.value.ValueVariant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.utils.DataTypeUtils;
import org.apache.flink.types.variant.Variant;

/**
 * A function of attributes, in any form, and a key. Of repeated keys the first counts; what is not
 * there, or of another type than asked for, is null.
 */
@Internal
public abstract class AttributeFunction extends ScalarFunction implements SpecializedFunction {

  private static final long serialVersionUID = 1L;

  private final DataType result;
  private ValueForm form;

  /**
   * @param result in Flink's internal classes
   */
  AttributeFunction(DataType result) {
    this.result = result;
  }

  /** An equal function, to be told a form. */
  abstract AttributeFunction fresh();

  /** What there is of a text, in the text form. */
  abstract Object ofText(StringData text);

  /** What there is of a value, in the other forms. */
  abstract Object ofValue(AnyValue value);

  @Override
  public final UserDefinedFunction specialize(SpecializedContext context) {
    LogicalType type = context.getCallContext().getArgumentDataTypes().get(0).getLogicalType();
    AttributeFunction function = fresh();
    function.form = form(type);
    return function;
  }

  /** The value of a key, for the result type of the function. */
  final Object find(Object attributes, StringData key) throws OtapException {
    if (attributes == null || key == null) {
      return null;
    }
    if (form == ValueForm.EXACT) {
      ArrayData pairs = (ArrayData) attributes;
      for (int i = 0; i < pairs.size(); i++) {
        RowData pair = pairs.getRow(i, 2);
        if (key.equals(pair.getString(0))) {
          byte[] bytes = pair.isNullAt(1) ? null : pair.getBinary(1);
          return orNull(AnyValues.parse(bytes));
        }
      }
      return null;
    }
    MapData map = (MapData) attributes;
    ArrayData keys = map.keyArray();
    ArrayData values = map.valueArray();
    for (int i = 0; i < map.size(); i++) {
      if (key.equals(keys.getString(i))) {
        if (values.isNullAt(i)) {
          return null;
        }
        if (form == ValueForm.TEXT) {
          return ofText(values.getString(i));
        }
        Variant variant = values.getVariant(i);
        return orNull(ValueVariant.value(variant));
      }
    }
    return null;
  }

  private Object orNull(AnyValue value) {
    return value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET ? null : ofValue(value);
  }

  @Override
  public final TypeInference getTypeInference(DataTypeFactory types) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new AttributesAndKey())
        .outputTypeStrategy(call -> Optional.of(result))
        .build();
  }

  /**
   * The form of attributes of this type, or null. Literals and computed columns have texts and
   * bytes of any length.
   */
  private static ValueForm form(LogicalType type) {
    List<LogicalType> types = type.getChildren();
    if (type.is(LogicalTypeRoot.MAP) && isText(types.get(0))) {
      return isText(types.get(1))
          ? ValueForm.TEXT
          : types.get(1).is(LogicalTypeRoot.VARIANT) ? ValueForm.VARIANT : null;
    }
    if (type.is(LogicalTypeRoot.ARRAY) && types.get(0).is(LogicalTypeRoot.ROW)) {
      List<LogicalType> pair = types.get(0).getChildren();
      return pair.size() == 2
              && isText(pair.get(0))
              && pair.get(1).is(LogicalTypeFamily.BINARY_STRING)
          ? ValueForm.EXACT
          : null;
    }
    return null;
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }

  /** Attributes in one of their forms, and a text. */
  private static final class AttributesAndKey implements InputTypeStrategy {

    @Override
    public ArgumentCount getArgumentCount() {
      return ConstantArgumentCount.of(2);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
      LogicalType attributes = call.getArgumentDataTypes().get(0).getLogicalType();
      LogicalType key = call.getArgumentDataTypes().get(1).getLogicalType();
      if (form(attributes) == null) {
        return call.fail(
            throwOnFailure,
            "Attributes cannot be %s; what fits is %s, %s or %s.",
            attributes.asSummaryString(),
            ValueForm.TEXT.attributesType().asSummaryString(),
            ValueForm.VARIANT.attributesType().asSummaryString(),
            ValueForm.EXACT.attributesType().asSummaryString());
      }
      if (!key.is(LogicalTypeFamily.CHARACTER_STRING)) {
        return call.fail(
            throwOnFailure, "A key cannot be %s; what fits is STRING.", key.asSummaryString());
      }
      return Optional.of(
          List.of(
              DataTypeUtils.toInternalDataType(attributes),
              DataTypes.STRING().bridgedTo(StringData.class)));
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
      return List.of(
          Signature.of(
              Signature.Argument.of("attributes", "MAP or ARRAY"),
              Signature.Argument.of("key", "STRING")));
    }
  }
}
