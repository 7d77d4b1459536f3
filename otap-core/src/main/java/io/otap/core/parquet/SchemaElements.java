/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** A schema as the footer holds it: a list, parents before children. */
final class SchemaElements {

  private SchemaElements() {}

  static List<SchemaElement> of(MessageType message) {
    List<SchemaElement> elements = new ArrayList<>();
    SchemaElement root = new SchemaElement(message.getName());
    root.setNum_children(message.getFieldCount());
    elements.add(root);
    message.getFields().forEach(field -> add(field, elements));
    return elements;
  }

  static org.apache.parquet.format.Type physical(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BINARY -> org.apache.parquet.format.Type.BYTE_ARRAY;
      default -> org.apache.parquet.format.Type.valueOf(type.getPrimitiveTypeName().name());
    };
  }

  private static void add(Type type, List<SchemaElement> elements) {
    SchemaElement element = new SchemaElement(type.getName());
    elements.add(element);
    element.setRepetition_type(FieldRepetitionType.valueOf(type.getRepetition().name()));
    annotate(element, type.getLogicalTypeAnnotation());
    if (type instanceof GroupType group) {
      element.setNum_children(group.getFieldCount());
      group.getFields().forEach(field -> add(field, elements));
      return;
    }
    PrimitiveType primitive = type.asPrimitiveType();
    element.setType(physical(primitive));
    if (primitive.getTypeLength() > 0) {
      element.setType_length(primitive.getTypeLength());
    }
  }

  private static void annotate(SchemaElement element, LogicalTypeAnnotation annotation) {
    if (annotation instanceof StringLogicalTypeAnnotation) {
      element.setConverted_type(ConvertedType.UTF8);
      element.setLogicalType(LogicalType.STRING(new StringType()));
    } else if (annotation instanceof ListLogicalTypeAnnotation) {
      element.setConverted_type(ConvertedType.LIST);
      element.setLogicalType(LogicalType.LIST(new ListType()));
    } else if (annotation instanceof IntLogicalTypeAnnotation integer) {
      String sign = integer.isSigned() ? "INT_" : "UINT_";
      element.setConverted_type(ConvertedType.valueOf(sign + integer.getBitWidth()));
      element.setLogicalType(
          LogicalType.INTEGER(new IntType((byte) integer.getBitWidth(), integer.isSigned())));
    } else if (annotation instanceof TimestampLogicalTypeAnnotation) {
      element.setLogicalType(
          LogicalType.TIMESTAMP(
              new TimestampType(
                  true, org.apache.parquet.format.TimeUnit.NANOS(new NanoSeconds()))));
    }
  }
}
