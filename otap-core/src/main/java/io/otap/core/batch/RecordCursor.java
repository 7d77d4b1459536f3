/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;

/**
 * Walks the records of a batch, in its order; what the three signals have in common: the resource
 * and the scope of a record. Cursors for attributes and other children of a record are valid until
 * this one moves on.
 */
@PublicEvolving
public abstract sealed class RecordCursor permits LogCursor, SpanCursor, MetricCursor {

  final OtapBatch batch;
  private final IntVector id;
  private final IntVector resourceId;
  private final BinaryVector resourceSchemaUrl;
  private final IntVector resourceDroppedAttributes;
  private final IntVector scopeId;
  private final BinaryVector scopeName;
  private final BinaryVector scopeVersion;
  private final IntVector scopeDroppedAttributes;
  private final BinaryVector scopeSchemaUrl;
  private final AttributeCursor resourceAttributes;
  private final AttributeCursor scopeAttributes;
  private final int rows;
  int row = -1;

  RecordCursor(OtapBatch batch, Signal signal) throws OtapException {
    if (batch.signal() != signal) {
      throw new IllegalArgumentException(
          "a batch of " + batch.signal().id() + ", not " + signal.id());
    }
    OtapTable root = batch.root();
    this.batch = batch;
    this.rows = root.rows();
    this.id = root.intVector("id");
    this.resourceId = root.intVector("resource.id");
    this.resourceSchemaUrl = root.binaryVector("resource.schema_url");
    this.resourceDroppedAttributes = root.intVector("resource.dropped_attributes_count");
    this.scopeId = root.intVector("scope.id");
    this.scopeName = root.binaryVector("scope.name");
    this.scopeVersion = root.binaryVector("scope.version");
    this.scopeDroppedAttributes = root.intVector("scope.dropped_attributes_count");
    this.scopeSchemaUrl = root.binaryVector("schema_url");
    this.resourceAttributes = new AttributeCursor(batch, PayloadType.RESOURCE_ATTRS);
    this.scopeAttributes = new AttributeCursor(batch, PayloadType.SCOPE_ATTRS);
  }

  /** Goes to the next record. */
  public final boolean next() {
    if (row + 1 >= rows) {
      return false;
    }
    row++;
    return true;
  }

  /** The row in the root table. */
  public final int row() {
    return row;
  }

  /** The attributes of the record's resource, from the first. */
  public final AttributeCursor resourceAttributes() {
    return resourceAttributes.moveTo(Cells.id(resourceId, row));
  }

  public final String resourceSchemaUrl() {
    return Cells.string(resourceSchemaUrl, row);
  }

  /** How many attributes the sender left out of the resource. */
  public final long resourceDroppedAttributesCount() {
    return Cells.unsigned(resourceDroppedAttributes, row);
  }

  /** The attributes of the record's scope, from the first. */
  public final AttributeCursor scopeAttributes() {
    return scopeAttributes.moveTo(Cells.id(scopeId, row));
  }

  public final String scopeName() {
    return Cells.string(scopeName, row);
  }

  public final String scopeVersion() {
    return Cells.string(scopeVersion, row);
  }

  public final String scopeSchemaUrl() {
    return Cells.string(scopeSchemaUrl, row);
  }

  /** How many attributes the sender left out of the scope. */
  public final long scopeDroppedAttributesCount() {
    return Cells.unsigned(scopeDroppedAttributes, row);
  }

  /** How certain the resource is. */
  public final Recovery resourceRecovery() {
    return batch.resourceRecovery(row);
  }

  /** How certain the scope is. */
  public final Recovery scopeRecovery() {
    return batch.scopeRecovery(row);
  }

  /** What the parent id of the record's children is. */
  final int id() {
    return Cells.id(id, row);
  }
}
