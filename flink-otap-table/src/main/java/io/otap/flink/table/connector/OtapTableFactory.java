/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.SourceSettings;
import io.otap.flink.table.model.Declaration;
import io.otap.flink.table.model.MetadataColumn;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.system.SystemTable;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The connector {@code otap}: telemetry in trees of Parquet files as the tables {@code logs},
 * {@code spans} and {@code metrics}; rows of logs and spans to files and receivers.
 *
 * <pre>{@code
 * CREATE TABLE logs (
 *   event_time TIMESTAMP_LTZ(3),
 *   severity_text STRING,
 *   body STRING,
 *   attributes MAP<STRING, STRING>,
 *   WATERMARK FOR event_time AS SOURCE_WATERMARK()
 * ) WITH ('connector' = 'otap', 'path' = '/data/telemetry')
 * }</pre>
 *
 * <p>What a table declares is checked when it is used: columns, types and options.
 */
@PublicEvolving
public final class OtapTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {

  public static final String IDENTIFIER = "otap";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return OtapConnectorOptions.all();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    Configuration options = options(context);
    try {
      String path = options.get(OtapConnectorOptions.PATH);
      if (path == null) {
        throw config("the table has no path to read from; give it the folder of a tree as 'path'");
      }
      String name = tableName(context, options);
      SystemTable system = SystemTable.ofId(name);
      if (system != null) {
        return new SystemTableSource(system, path);
      }
      SignalTable table = signalTable(name);
      Declaration.check(table, declared(context));
      return new OtapTableSource(
          table,
          new Path(path),
          source(options, table),
          options.get(FactoryUtil.SOURCE_PARALLELISM),
          context.getPhysicalRowDataType(),
          attributes(table, metadata(context)),
          zone(context));
    } catch (OtapException e) {
      throw new ValidationException(e.getMessage(), e);
    }
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    Configuration options = options(context);
    try {
      String name = tableName(context, options);
      if (SystemTable.ofId(name) != null) {
        throw config("the table " + name + " tells of files; nothing can be inserted into it");
      }
      SignalTable table = signalTable(name);
      if (table == SignalTable.METRICS) {
        throw config(
            "metrics cannot be inserted: a row is one data point, and rows do not tell which of"
                + " them are one metric; write metrics with bin/otap-replay or a job of batches");
      }
      Declaration.check(table, declared(context));
      return new OtapTableSink(
          table,
          SinkTarget.of(options),
          BatchLimits.of(options),
          options,
          options.get(FactoryUtil.SINK_PARALLELISM),
          declared(context),
          attributes(table, persisted(table, metadata(context))));
    } catch (OtapException e) {
      throw new ValidationException(e.getMessage(), e);
    }
  }

  private Configuration options(Context context) {
    FactoryUtil.createTableFactoryHelper(this, context).validate();
    return Configuration.fromMap(context.getCatalogTable().getOptions());
  }

  private static RowType declared(Context context) {
    return (RowType) context.getPhysicalRowDataType().getLogicalType();
  }

  private static List<Column.MetadataColumn> metadata(Context context) {
    return context.getCatalogTable().getResolvedSchema().getColumns().stream()
        .filter(Column.MetadataColumn.class::isInstance)
        .map(Column.MetadataColumn.class::cast)
        .toList();
  }

  /** Those that are inserted. */
  private static List<Column.MetadataColumn> persisted(
      SignalTable table, List<Column.MetadataColumn> columns) throws OtapException {
    List<Column.MetadataColumn> persisted =
        columns.stream().filter(Column.MetadataColumn::isPersisted).toList();
    for (Column.MetadataColumn column : persisted) {
      if (MetadataColumn.ofKey(key(column)) != null) {
        throw config(
            "the column "
                + column.getName()
                + " of the table "
                + table.id()
                + " cannot be inserted: it tells where a row was read from; declare it VIRTUAL");
      }
    }
    return persisted;
  }

  /** Types of the attributes among these, by their keys. */
  private static Map<String, LogicalType> attributes(
      SignalTable table, List<Column.MetadataColumn> columns) throws OtapException {
    Map<String, LogicalType> attributes = new LinkedHashMap<>();
    for (Column.MetadataColumn column : columns) {
      LogicalType type = column.getDataType().getLogicalType();
      if (Declaration.checkMetadata(table, column.getName(), key(column), type)) {
        attributes.put(key(column), type);
      }
    }
    return attributes;
  }

  private static String key(Column.MetadataColumn column) {
    return column.getMetadataKey().orElse(column.getName());
  }

  private static ZoneId zone(Context context) {
    String zone = context.getConfiguration().get(TableConfigOptions.LOCAL_TIME_ZONE);
    return zone.equals(TableConfigOptions.LOCAL_TIME_ZONE.defaultValue())
        ? ZoneId.systemDefault()
        : ZoneId.of(zone);
  }

  private static String tableName(Context context, Configuration options) {
    String asked = options.get(OtapConnectorOptions.TABLE);
    return asked == null ? context.getObjectIdentifier().getObjectName() : asked;
  }

  private static SignalTable signalTable(String name) throws OtapException {
    SignalTable table = SignalTable.ofId(name);
    if (table == null) {
      throw config(
          "there is no table "
              + name
              + "; call it logs, spans or metrics, or say which of them it is with 'table'");
    }
    return table;
  }

  /** The options of the source, with the signal of the table. */
  private static Configuration source(Configuration options, SignalTable table)
      throws OtapException {
    Configuration own = new Configuration();
    for (Map.Entry<String, String> option : options.toMap().entrySet()) {
      if (option.getKey().startsWith(OtapSourceOptions.PREFIX)) {
        own.setString(option.getKey(), option.getValue());
      }
    }
    if (own.contains(OtapSourceOptions.SIGNALS)) {
      throw config(
          "option source.signals does not go with SQL: the table "
              + table.id()
              + " reads "
              + table.signal().id());
    }
    if (SourceSettings.of(own).assembly() == Assembly.KEYED) {
      throw config("option source.assembly cannot be 'keyed' in SQL; what fits is reader");
    }
    own.set(OtapSourceOptions.SIGNALS, List.of(table.signal().id()));
    SourceSettings.of(own);
    return own;
  }

  private static OtapException config(String problem) {
    return OtapException.of(OtapErrorKind.CONFIG, problem);
  }
}
