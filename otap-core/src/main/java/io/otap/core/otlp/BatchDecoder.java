/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills the tables of one batch with records of one signal. Resources and scopes are merged by
 * content, and get their ids with their first record.
 *
 * @param <R> message of a record
 */
abstract class BatchDecoder<R> {

  private final Signal signal;
  private final Map<PayloadType, TableBuilder> tables = new EnumMap<>(PayloadType.class);
  private final Map<Object, Integer> resourceIds = new HashMap<>();
  private final Map<Object, Integer> scopeIds = new HashMap<>();
  private final IntColumnBuilder resourceId;
  private final BinaryColumnBuilder resourceSchemaUrl;
  private final IntColumnBuilder resourceDropped;
  private final IntColumnBuilder scopeId;
  private final BinaryColumnBuilder scopeName;
  private final BinaryColumnBuilder scopeVersion;
  private final IntColumnBuilder scopeDropped;
  private final BinaryColumnBuilder scopeSchemaUrl;
  private final AttributeDecoder resourceAttributes;
  private final AttributeDecoder scopeAttributes;

  private Surroundings current;
  private int currentResource;
  private int currentScope;

  BatchDecoder(Signal signal) {
    this.signal = signal;
    PayloadType.of(signal).forEach(type -> tables.put(type, new TableBuilder(type)));
    TableBuilder root = table(signal.root());
    resourceId = root.ints("resource.id");
    resourceSchemaUrl = root.binaries("resource.schema_url");
    resourceDropped = root.ints("resource.dropped_attributes_count");
    scopeId = root.ints("scope.id");
    scopeName = root.binaries("scope.name");
    scopeVersion = root.binaries("scope.version");
    scopeDropped = root.ints("scope.dropped_attributes_count");
    scopeSchemaUrl = root.binaries("schema_url");
    resourceAttributes = attributes(PayloadType.RESOURCE_ATTRS);
    scopeAttributes = attributes(PayloadType.SCOPE_ATTRS);
  }

  /** Adds a record, which must fit. */
  final void add(Surroundings surroundings, R record) throws OtapException {
    if (surroundings != current) {
      enter(surroundings);
    }
    int row = table(signal.root()).addRow();
    Resource resource = current.resource();
    resourceId.set(row, currentResource);
    resourceSchemaUrl.set(row, current.resourceSchemaUrl());
    resourceDropped.set(row, resource.getDroppedAttributesCount());
    InstrumentationScope scope = current.scope();
    scopeId.set(row, currentScope);
    scopeName.set(row, scope.getName());
    scopeVersion.set(row, scope.getVersion());
    scopeDropped.set(row, scope.getDroppedAttributesCount());
    scopeSchemaUrl.set(row, current.scopeSchemaUrl());
    fill(row, record);
  }

  /** Fills the record's own columns and its child tables. */
  abstract void fill(int row, R record) throws OtapException;

  final TableBuilder table(PayloadType type) {
    return tables.get(type);
  }

  final AttributeDecoder attributes(PayloadType type) {
    return new AttributeDecoder(table(type));
  }

  final int rows() {
    return table(signal.root()).rows();
  }

  final OtapBatch build() {
    List<OtapTable> filled =
        tables.values().stream().filter(t -> t.rows() > 0).map(TableBuilder::build).toList();
    return new OtapBatch(signal, filled, Origin.NONE, null, null);
  }

  private void enter(Surroundings surroundings) throws OtapException {
    current = surroundings;
    Integer resource = resourceIds.putIfAbsent(surroundings.resourceKey(), resourceIds.size());
    if (resource == null) {
      resource = resourceIds.size() - 1;
      resourceAttributes.add(resource, surroundings.resource().getAttributesList());
    }
    currentResource = resource;
    Integer scope =
        scopeIds.putIfAbsent(List.of(resource, surroundings.scopeKey()), scopeIds.size());
    if (scope == null) {
      scope = scopeIds.size() - 1;
      scopeAttributes.add(scope, surroundings.scope().getAttributesList());
    }
    currentScope = scope;
  }
}
