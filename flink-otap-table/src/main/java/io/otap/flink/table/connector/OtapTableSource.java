/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.error.OtapException;
import io.otap.flink.source.OtapSource;
import io.otap.flink.table.model.MetadataColumn;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/** Reads logs, spans or metrics of a tree as rows. */
@Internal
public final class OtapTableSource
    implements ScanTableSource,
        SupportsProjectionPushDown,
        SupportsReadingMetadata,
        SupportsSourceWatermark,
        SupportsWatermarkPushDown {

  private final SignalTable table;
  private final Path path;
  private final Configuration options;
  private final Integer parallelism;
  private final RowType declared;
  private DataType produced;
  private int[][] projection;
  private List<String> metadata = List.of();
  private WatermarkStrategy<RowData> watermarks;

  /**
   * @param options of the source
   * @param parallelism null for that of the job
   * @param declared the physical columns
   */
  OtapTableSource(
      SignalTable table, Path path, Configuration options, Integer parallelism, DataType declared) {
    this.table = table;
    this.path = path;
    this.options = options;
    this.parallelism = parallelism;
    this.declared = (RowType) declared.getLogicalType();
    this.produced = declared;
    this.projection =
        IntStream.range(0, this.declared.getFieldCount())
            .mapToObj(i -> new int[] {i})
            .toArray(int[][]::new);
  }

  private OtapTableSource(OtapTableSource other) {
    this.table = other.table;
    this.path = other.path;
    this.options = other.options;
    this.parallelism = other.parallelism;
    this.declared = other.declared;
    this.produced = other.produced;
    this.projection = other.projection;
    this.metadata = other.metadata;
    this.watermarks = other.watermarks;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public boolean supportsNestedProjection() {
    return true;
  }

  @Override
  public void applyProjection(int[][] projectedFields, DataType producedDataType) {
    projection = projectedFields;
    produced = producedDataType;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> readable = new LinkedHashMap<>();
    for (MetadataColumn column : MetadataColumn.values()) {
      readable.put(column.key(), TypeConversions.fromLogicalToDataType(column.type()));
    }
    return readable;
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
    metadata = List.copyOf(metadataKeys);
    produced = producedDataType;
  }

  /** The watermarks of the source itself, of which no row is late. */
  @Override
  public void applySourceWatermark() {
    watermarks = null;
  }

  /** Watermarks that the table declares. Those of the source itself would be ahead of them. */
  @Override
  public void applyWatermark(WatermarkStrategy<RowData> watermarkStrategy) {
    watermarks = watermarkStrategy;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(produced);
    RowForm form = new RowForm(layout(), type, watermarks == null);
    try {
      OtapSource<RowData> source = OtapSource.forCuts(form, path).setOptions(options).build();
      return new RowStream(
          source,
          watermarks == null ? WatermarkStrategy.noWatermarks() : watermarks,
          source.getBoundedness() == Boundedness.BOUNDED,
          parallelism,
          asSummaryString());
    } catch (OtapException e) {
      throw new ValidationException(e.getMessage(), e);
    }
  }

  /** What rows are made of, in the planner's order. */
  private RowLayout layout() {
    return RowLayout.of(table, declared, projection).withMetadata(metadata);
  }

  @Override
  public DynamicTableSource copy() {
    return new OtapTableSource(this);
  }

  @Override
  public String asSummaryString() {
    return "OTAP " + table.id();
  }
}
