/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/**
 * The request around the records: resources and scopes. The messages of the three signals differ in
 * name only; their field numbers are the same.
 */
final class RequestEncoder {

  private final ReverseProtoWriter out;
  private final RecordEncoder records;
  private final RowGroups groups;
  private final IntVector resourceId;
  private final BinaryVector resourceSchemaUrl;
  private final IntVector resourceDropped;
  private final IntVector scopeId;
  private final BinaryVector scopeName;
  private final BinaryVector scopeVersion;
  private final IntVector scopeDropped;
  private final BinaryVector scopeSchemaUrl;
  private final AttributeEncoder resourceAttributes;
  private final AttributeEncoder scopeAttributes;

  RequestEncoder(OtapBatch batch, RecordEncoder records, ReverseProtoWriter out)
      throws OtapException {
    OtapTable root = batch.root();
    this.out = out;
    this.records = records;
    this.groups = RowGroups.of(root);
    this.resourceId = root.intVector("resource.id");
    this.resourceSchemaUrl = root.binaryVector("resource.schema_url");
    this.resourceDropped = root.intVector("resource.dropped_attributes_count");
    this.scopeId = root.intVector("scope.id");
    this.scopeName = root.binaryVector("scope.name");
    this.scopeVersion = root.binaryVector("scope.version");
    this.scopeDropped = root.intVector("scope.dropped_attributes_count");
    this.scopeSchemaUrl = root.binaryVector("schema_url");
    this.resourceAttributes = new AttributeEncoder(batch, PayloadType.RESOURCE_ATTRS, out);
    this.scopeAttributes = new AttributeEncoder(batch, PayloadType.SCOPE_ATTRS, out);
  }

  void write() throws OtapException {
    for (int resource = groups.resources() - 1; resource >= 0; resource--) {
      int end = out.written();
      int firstScope = groups.firstScope(resource);
      int row = groups.row(groups.firstRow(firstScope));
      out.bytes(ResourceLogs.SCHEMA_URL_FIELD_NUMBER, resourceSchemaUrl, row);
      for (int scope = groups.firstScope(resource + 1) - 1; scope >= firstScope; scope--) {
        scopeRecords(scope);
      }
      resource(row);
      out.close(ExportLogsServiceRequest.RESOURCE_LOGS_FIELD_NUMBER, end);
    }
  }

  private void scopeRecords(int scope) throws OtapException {
    int end = out.written();
    int first = groups.firstRow(scope);
    int row = groups.row(first);
    out.bytes(ScopeLogs.SCHEMA_URL_FIELD_NUMBER, scopeSchemaUrl, row);
    for (int i = groups.firstRow(scope + 1) - 1; i >= first; i--) {
      int recordEnd = out.written();
      records.write(groups.row(i));
      out.close(ScopeLogs.LOG_RECORDS_FIELD_NUMBER, recordEnd);
    }
    scope(row);
    out.close(ResourceLogs.SCOPE_LOGS_FIELD_NUMBER, end);
  }

  private void resource(int row) throws OtapException {
    int end = out.written();
    out.uint32(Resource.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, Cells.get(resourceDropped, row));
    resourceAttributes.write(Resource.ATTRIBUTES_FIELD_NUMBER, Cells.id(resourceId, row));
    if (out.written() != end) {
      out.close(ResourceLogs.RESOURCE_FIELD_NUMBER, end);
    }
  }

  private void scope(int row) throws OtapException {
    int end = out.written();
    out.uint32(
        InstrumentationScope.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, Cells.get(scopeDropped, row));
    scopeAttributes.write(InstrumentationScope.ATTRIBUTES_FIELD_NUMBER, Cells.id(scopeId, row));
    out.bytes(InstrumentationScope.VERSION_FIELD_NUMBER, scopeVersion, row);
    out.bytes(InstrumentationScope.NAME_FIELD_NUMBER, scopeName, row);
    if (out.written() != end) {
      out.close(ScopeLogs.SCOPE_FIELD_NUMBER, end);
    }
  }
}
