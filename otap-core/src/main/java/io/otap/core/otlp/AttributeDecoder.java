/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.annotation.Internal;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import java.util.List;

/** Fills an attribute table. */
@Internal
public final class AttributeDecoder {

  private final TableBuilder table;
  private final IntColumnBuilder parents;
  private final BinaryColumnBuilder keys;
  private final AnyValueDecoder values;

  public AttributeDecoder(TableBuilder table) {
    this.table = table;
    this.parents = table.ints("parent_id");
    this.keys = table.binaries("key");
    this.values = new AnyValueDecoder(table, "");
  }

  /**
   * Adds the attributes of one parent, in their order.
   *
   * @throws OtapException of kind WIRE if a value is nested too deep
   */
  public void add(int parent, List<KeyValue> attributes) throws OtapException {
    for (KeyValue attribute : attributes) {
      int row = table.addRow();
      parents.set(row, parent);
      keys.set(row, attribute.getKey());
      values.set(row, attribute.getValue());
    }
  }
}
