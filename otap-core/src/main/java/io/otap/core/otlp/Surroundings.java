/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/** The resource and scope around the records of a request. */
record Surroundings(
    Resource resource,
    String resourceSchemaUrl,
    InstrumentationScope scope,
    String scopeSchemaUrl) {

  /** What makes resources equal: everything that has a column, attributes in any order. */
  Object resourceKey() {
    return List.of(
        sorted(resource.getAttributesList()),
        resource.getDroppedAttributesCount(),
        resourceSchemaUrl);
  }

  /** The same for scopes of one resource. */
  Object scopeKey() {
    return List.of(
        sorted(scope.getAttributesList()),
        scope.getDroppedAttributesCount(),
        scope.getName(),
        scope.getVersion(),
        scopeSchemaUrl);
  }

  private static List<ByteString> sorted(List<KeyValue> attributes) {
    return attributes.stream()
        .map(KeyValue::toByteString)
        .sorted(ByteString.unsignedLexicographicalComparator())
        .toList();
  }
}
