/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;

/** Resources and scopes, above what they belong to. */
final class Heading {

  private static final String SERVICE = "service.name";

  private Heading() {}

  static void resource(Lines lines, Resource resource, String schemaUrl) {
    lines.line(0, "Resource");
    lines.field(1, "schema URL", ValueText.plain(schemaUrl));
    lines.field(1, "dropped attributes", resource.getDroppedAttributesCount());
    ValueText.attributes(lines, 1, resource.getAttributesList());
  }

  static void scope(Lines lines, InstrumentationScope scope, String schemaUrl) {
    lines.line(1, ("Scope " + ValueText.plain(scope.getName())).strip());
    lines.field(2, "version", ValueText.plain(scope.getVersion()));
    lines.field(2, "schema URL", ValueText.plain(schemaUrl));
    lines.field(2, "dropped attributes", scope.getDroppedAttributesCount());
    ValueText.attributes(lines, 2, scope.getAttributesList());
  }

  /** The name of the service, or a dash. */
  static String service(Resource resource) {
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals(SERVICE)) {
        return ValueText.body(attribute.getValue());
      }
    }
    return "-";
  }
}
