/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.error.OtapException;
import io.otap.core.select.ReadSelection;
import io.otap.core.select.RootCondition;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.table.model.Grouping;
import io.otap.flink.table.model.MetadataColumn;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.push.FilterConditions;
import io.otap.flink.table.push.OfferedAggregates;
import io.otap.flink.table.push.WantedContent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/** Reads logs, spans or metrics of a tree as rows. */
@Internal
public final class OtapTableSource
    implements ScanTableSource,
        SupportsAggregatePushDown,
        SupportsFilterPushDown,
        SupportsLimitPushDown,
        SupportsProjectionPushDown,
        SupportsReadingMetadata,
        SupportsSourceWatermark,
        SupportsWatermarkPushDown {

  private final SignalTable table;
  private final Path path;
  private final Configuration options;
  private final Integer parallelism;
  private final RowType declared;
  private final Map<String, LogicalType> attributes;
  private final ZoneId zone;
  private DataType produced;
  private int[][] projection;
  private Map<String, LogicalType> metadata = Map.of();
  private WatermarkStrategy<RowData> watermarks;
  private boolean sourceWatermarks;
  private List<RootCondition> conditions = List.of();
  private long limit = ReadSelection.UNLIMITED;
  private Grouping grouping;

  /**
   * @param options of the source
   * @param parallelism null for that of the job
   * @param declared the physical columns
   * @param attributes those that are declared as metadata: types by key
   * @param zone of times without one
   */
  OtapTableSource(
      SignalTable table,
      Path path,
      Configuration options,
      Integer parallelism,
      DataType declared,
      Map<String, LogicalType> attributes,
      ZoneId zone) {
    this.table = table;
    this.path = path;
    this.options = options;
    this.parallelism = parallelism;
    this.declared = (RowType) declared.getLogicalType();
    this.attributes = attributes;
    this.zone = zone;
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
    this.attributes = other.attributes;
    this.zone = other.zone;
    this.produced = other.produced;
    this.projection = other.projection;
    this.metadata = other.metadata;
    this.watermarks = other.watermarks;
    this.sourceWatermarks = other.sourceWatermarks;
    this.conditions = other.conditions;
    this.limit = other.limit;
    this.grouping = other.grouping;
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
    metadataTypes()
        .forEach((key, type) -> readable.put(key, TypeConversions.fromLogicalToDataType(type)));
    return readable;
  }

  private Map<String, LogicalType> metadataTypes() {
    Map<String, LogicalType> types = new LinkedHashMap<>();
    for (MetadataColumn column : MetadataColumn.values()) {
      types.put(column.key(), column.type());
    }
    types.putAll(attributes);
    return types;
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
    Map<String, LogicalType> types = metadataTypes();
    metadata = new LinkedHashMap<>();
    metadataKeys.forEach(key -> metadata.put(key, types.get(key)));
    produced = producedDataType;
  }

  /** Those that records can be chosen by. All are left to the query, too, which looks at rows. */
  @Override
  public Result applyFilters(List<ResolvedExpression> filters) {
    FilterConditions translation = new FilterConditions(layout(), zone);
    List<ResolvedExpression> accepted = new ArrayList<>();
    List<RootCondition> found = new ArrayList<>();
    for (ResolvedExpression filter : filters) {
      List<RootCondition> implied = translation.impliedBy(filter);
      if (!implied.isEmpty()) {
        accepted.add(filter);
        found.addAll(implied);
      }
    }
    conditions = List.copyOf(found);
    return Result.of(accepted, filters);
  }

  @Override
  public void applyLimit(long most) {
    limit = most;
  }

  /**
   * Groups of whole batches of logs or spans. Flink adds them up, so that it does not matter how
   * many batches there are.
   */
  @Override
  public boolean applyAggregates(
      List<int[]> groupingSets, List<AggregateExpression> aggregates, DataType producedDataType) {
    boolean counted =
        groupingSets.get(0).length == 0
            && aggregates.stream().allMatch(aggregate -> aggregate.getArgs().isEmpty());
    if (groupingSets.size() != 1
        || !hasPlainRows()
        || !counted && !PlannerRules.offerColumnsOfTheScan()) {
      return false;
    }
    Optional<Grouping> accepted =
        new OfferedAggregates(layout(), (RowType) producedDataType.getLogicalType())
            .grouping(groupingSets.get(0), aggregates);
    if (accepted.isPresent()) {
      grouping = accepted.get();
      produced = producedDataType;
    }
    return accepted.isPresent();
  }

  /** Whether its rows are those of the tree, each of them a record. */
  private boolean hasPlainRows() {
    return table != SignalTable.METRICS
        && !options.get(OtapSourceOptions.CONTINUOUS)
        && layout().fields().stream().noneMatch(RowLayout.Field::metadata)
        && conditions.isEmpty()
        && limit == ReadSelection.UNLIMITED
        && watermarks == null
        && !sourceWatermarks;
  }

  /** The watermarks of the source itself, of which no row is late. */
  @Override
  public void applySourceWatermark() {
    watermarks = null;
    sourceWatermarks = true;
  }

  /** Watermarks that the table declares. Those of the source itself would be ahead of them. */
  @Override
  public void applyWatermark(WatermarkStrategy<RowData> watermarkStrategy) {
    watermarks = watermarkStrategy;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(produced);
    RowForm form = new RowForm(layout(), grouping, type, watermarks == null);
    try {
      OtapSource<RowData> source =
          OtapSource.forCuts(form, path).setOptions(options).setSelection(selection()).build();
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
    return grouping != null
        ? grouping.layout()
        : RowLayout.of(table, declared, projection).withMetadata(metadata);
  }

  private ReadSelection selection() {
    return WantedContent.of(layout(), sourceWatermarks)
        .where(conditions.toArray(RootCondition[]::new))
        .withLimit(limit);
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
