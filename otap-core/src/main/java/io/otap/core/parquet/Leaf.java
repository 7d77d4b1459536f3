/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * A leaf column of a file's schema.
 *
 * @param index position among the leaves, and of its chunk in each row group
 * @param path path in terms of the model: without the segments that a list adds
 * @param filePath path as in the file
 * @param element the schema element
 * @param maxDefinition definition level of a value
 * @param maxRepetition number of lists around the value
 * @param listDefinition definition level of an empty list; 0 without a list
 */
record Leaf(
    int index,
    String path,
    List<String> filePath,
    SchemaElement element,
    int maxDefinition,
    int maxRepetition,
    int listDefinition) {

  Type type() {
    return element.getType();
  }

  int length() {
    return element.getType_length();
  }

  boolean isRequired() {
    return maxDefinition == 0;
  }

  /** An integer whose logical type says unsigned. */
  boolean isUnsigned() {
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSetINTEGER()) {
      return !logical.getINTEGER().isIsSigned();
    }
    ConvertedType converted = element.getConverted_type();
    return converted == ConvertedType.UINT_8
        || converted == ConvertedType.UINT_16
        || converted == ConvertedType.UINT_32
        || converted == ConvertedType.UINT_64;
  }

  /** Bits of an integer as its logical type says, else those of the physical type; 0 for others. */
  int integerBits() {
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSetINTEGER()) {
      return logical.getINTEGER().getBitWidth();
    }
    ConvertedType converted = element.getConverted_type();
    if (converted != null && converted.name().contains("INT_")) {
      return Integer.parseInt(converted.name().substring(converted.name().indexOf('_') + 1));
    }
    return type() == Type.INT32 ? 32 : type() == Type.INT64 ? 64 : 0;
  }

  /** Physical type without logical type, or one of an integer. */
  boolean isPlainInteger() {
    LogicalType logical = element.getLogicalType();
    if (logical != null) {
      return logical.isSetINTEGER();
    }
    ConvertedType converted = element.getConverted_type();
    return converted == null
        || converted.name().startsWith("INT_")
        || converted.name().startsWith("UINT_");
  }

  /** A timestamp in nanoseconds, with or without UTC, or a bare 64-bit integer. */
  boolean isNanos() {
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSetTIMESTAMP()) {
      return logical.getTIMESTAMP().getUnit().isSetNANOS();
    }
    return isPlainInteger();
  }

  String typeName() {
    String physical =
        type() == Type.FIXED_LEN_BYTE_ARRAY
            ? type() + "(" + length() + ")"
            : String.valueOf(type());
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSetINTEGER()) {
      String sign = logical.getINTEGER().isIsSigned() ? "INT_" : "UINT_";
      return physical + "/" + sign + logical.getINTEGER().getBitWidth();
    }
    if (logical != null && logical.isSetTIMESTAMP() && logical.getTIMESTAMP().isSetUnit()) {
      return physical + "/TIMESTAMP_" + logical.getTIMESTAMP().getUnit().getSetField();
    }
    if (logical != null && logical.getSetField() != null) {
      return physical + "/" + logical.getSetField();
    }
    return element.isSetConverted_type() ? physical + "/" + element.getConverted_type() : physical;
  }

  @Override
  public String toString() {
    String repetition = maxRepetition > 0 ? "REPEATED" : isRequired() ? "REQUIRED" : "OPTIONAL";
    return path + ": " + typeName() + " " + repetition;
  }
}
