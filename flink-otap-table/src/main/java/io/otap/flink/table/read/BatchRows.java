/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.MetricType;
import io.otap.core.model.PayloadType;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.MetadataColumn;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.TableColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * Batches as rows of a SQL table, in the order of the batch. Rows share what they have in common:
 * the resource, the scope, texts.
 */
@Internal
public final class BatchRows implements BatchToRows {

  /** Tells when a file was changed last. */
  @FunctionalInterface
  public interface FileTimes {

    /** Milliseconds since 1970. */
    long modified(String path) throws IOException;
  }

  private final RowLayout layout;
  private final FileTimes fileTimes;

  public BatchRows(RowLayout layout, FileTimes fileTimes) {
    this.layout = layout;
    this.fileTimes = fileTimes;
  }

  /**
   * @throws OtapException as the encoding of a batch as OTLP
   */
  @Override
  public List<RowData> of(OtapBatch batch) throws IOException {
    if (batch.signal() != layout.table().signal()) {
      throw new IllegalArgumentException(
          "a batch of " + batch.signal().id() + " has no rows of " + layout.table().id());
    }
    return layout.table() == SignalTable.METRICS ? points(batch) : records(batch);
  }

  private List<RowData> records(OtapBatch batch) throws IOException {
    FieldReader[] readers = readers(batch, new ColumnReaders(batch), batch.root(), false);
    List<RowData> rows = new ArrayList<>(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      GenericRowData out = new GenericRowData(readers.length);
      for (int i = 0; i < readers.length; i++) {
        out.setField(i, readers[i].read(row));
      }
      rows.add(out);
    }
    return rows;
  }

  private List<RowData> points(OtapBatch batch) throws IOException {
    OtapTable metrics = batch.root();
    ColumnReaders columns = new ColumnReaders(batch);
    FieldReader[] ofMetric = readers(batch, columns, metrics, false);
    Map<PayloadType, FieldReader[]> ofPoint = new EnumMap<>(PayloadType.class);
    Map<PayloadType, ChildRows> children = new EnumMap<>(PayloadType.class);
    ByteVector types = metrics.byteVector("metric_type");
    IntVector ids = metrics.intVector("id");
    List<RowData> rows = new ArrayList<>(2 * batch.rows());
    for (int metric = 0; metric < batch.rows(); metric++) {
      Object[] common = new Object[ofMetric.length];
      for (int i = 0; i < common.length; i++) {
        common[i] = ofMetric[i] == null ? withoutPoint(i) : ofMetric[i].read(metric);
      }
      PayloadType table = tableOfPoints(Cells.get(types, metric), metric);
      if (table != null && !ofPoint.containsKey(table)) {
        ofPoint.put(table, readers(batch, columns, batch.table(table), true));
        children.put(table, ChildRows.of(batch, table));
      }
      ChildRows points = children.get(table);
      int id = Cells.id(ids, metric);
      int end = table == null ? 0 : points.end(id);
      int start = table == null ? 0 : points.start(id);
      if (start == end) {
        rows.add(GenericRowData.of(common));
      }
      for (int position = start; position < end; position++) {
        int point = points.row(position);
        GenericRowData out = new GenericRowData(common.length);
        for (int i = 0; i < common.length; i++) {
          FieldReader reader = ofPoint.get(table)[i];
          out.setField(i, reader == null ? common[i] : reader.read(point));
        }
        rows.add(out);
      }
    }
    return rows;
  }

  /** The table with the points of a metric; null if it has no data. */
  private static PayloadType tableOfPoints(int code, int row) throws OtapException {
    MetricType type = MetricType.ofCode(code);
    if (type == null) {
      throw OtapException.of(OtapErrorKind.SCHEMA, "unknown metric type " + code)
          .at(Place.row(PayloadType.UNIVARIATE_METRICS.folder(), null, "metric_type", row));
    }
    return type.points();
  }

  /** What a field about points is where there is none. */
  private Object withoutPoint(int index) {
    RowLayout.Field field = layout.fields().get(index);
    return layout.column(field).content() instanceof Content.EventTime ? Times.EPOCH : null;
  }

  /** Readers of the fields that are about rows of this table; null for the others. */
  private FieldReader[] readers(
      OtapBatch batch, ColumnReaders columns, OtapTable table, boolean points) throws IOException {
    FieldReader[] readers = new FieldReader[layout.fields().size()];
    for (int i = 0; i < readers.length; i++) {
      RowLayout.Field field = layout.fields().get(i);
      if (field.metadata()) {
        readers[i] = points ? null : metadata(batch, field);
        continue;
      }
      TableColumn column = layout.column(field);
      if (column.ofPoints() == points) {
        readers[i] = columns.of(column, field.type(), table);
      }
    }
    return readers;
  }

  private FieldReader metadata(OtapBatch batch, RowLayout.Field field) throws IOException {
    switch (MetadataColumn.ofKey(field.path().get(0))) {
      case PART_ID:
        String partition = batch.origin().partition();
        StringData id = partition.isEmpty() ? null : StringData.fromString(partition);
        return row -> id;
      case FILE_PATH:
        StringData path = StringData.fromString(batch.origin().file());
        return row -> path;
      case FILE_MODIFICATION_TIME:
        TimestampData time =
            TimestampData.fromEpochMillis(fileTimes.modified(batch.origin().file()));
        return row -> time;
      case RECOVERY_CLASS:
        return row ->
            StringData.fromString(
                (batch.resourceRecovery(row).compareTo(batch.scopeRecovery(row)) >= 0
                        ? batch.resourceRecovery(row)
                        : batch.scopeRecovery(row))
                    .name());
      default:
        throw new IllegalStateException(field.path().toString());
    }
  }
}
