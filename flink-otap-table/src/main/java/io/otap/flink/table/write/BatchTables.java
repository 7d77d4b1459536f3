/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.TableBuilder;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.AttributeDecoder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The tables of a batch that is being filled. */
final class BatchTables {

  private final Signal signal;
  private final Map<PayloadType, TableBuilder> tables = new EnumMap<>(PayloadType.class);
  private final Map<PayloadType, AttributeDecoder> attributes = new EnumMap<>(PayloadType.class);
  private int logsWithChildren;
  private long bytes;

  BatchTables(Signal signal) {
    this.signal = signal;
    PayloadType.of(signal).forEach(type -> tables.put(type, new TableBuilder(type)));
  }

  TableBuilder table(PayloadType type) {
    return tables.get(type);
  }

  TableBuilder root() {
    return table(signal.root());
  }

  AttributeDecoder attributes(PayloadType type) {
    return attributes.computeIfAbsent(type, t -> new AttributeDecoder(table(t)));
  }

  /** Adds a row, with its number as its id unless only some rows of the table have one. */
  int addRow(PayloadType type) {
    int row = table(type).addRow();
    if (type != PayloadType.LOGS) {
      table(type).ints("id").set(row, row);
    }
    return row;
  }

  /** The id of a row that has children. Logs without attributes have none (OTAP-FORMAT 5.6). */
  int parentId(PayloadType type, int row) {
    if (type != PayloadType.LOGS) {
      return row;
    }
    table(type).ints("id").set(row, logsWithChildren);
    return logsWithChildren++;
  }

  /** Counts what was added. */
  void grow(long size) {
    bytes += size;
  }

  /** About how much memory the tables take. */
  long bytes() {
    return bytes;
  }

  OtapBatch build() {
    List<OtapTable> filled =
        tables.values().stream().filter(t -> t.rows() > 0).map(TableBuilder::build).toList();
    return new OtapBatch(signal, filled, Origin.NONE, null, null);
  }
}
