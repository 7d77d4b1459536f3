/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.model.Column;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** A column of the model as a leaf of a file. */
final class WrittenColumn {

  private final Column column;
  private final List<String> path;
  private final PrimitiveType primitive;
  private final int maxDefinition;

  /** Name of the group of OPTIONAL presence that the leaf is in, or null. */
  private final String struct;

  WrittenColumn(Column column, MessageType message, String[] path) {
    this.column = column;
    this.path = List.of(path);
    this.primitive = message.getType(path).asPrimitiveType();
    this.maxDefinition = message.getMaxDefinitionLevel(path);
    Type top = message.getType(path[0]);
    boolean isStruct = !top.isPrimitive() && top.getLogicalTypeAnnotation() == null;
    this.struct = isStruct ? path[0] : null;
  }

  Column column() {
    return column;
  }

  List<String> path() {
    return path;
  }

  PrimitiveType primitive() {
    return primitive;
  }

  /** Definition level of a value. */
  int maxDefinition() {
    return maxDefinition;
  }

  /** Definition level of a null, or of a null list, where the struct around it is present. */
  int nullDefinition() {
    return struct == null ? 0 : 1;
  }

  String struct() {
    return struct;
  }
}
