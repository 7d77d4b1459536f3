/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.catalog;

import io.otap.flink.table.connector.OtapConnectorOptions;
import io.otap.flink.table.connector.OtapTableFactory;
import io.otap.flink.table.function.OtapFunctions;
import io.otap.flink.table.model.MetadataColumn;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.TableColumn;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.system.SystemTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * A tree of Parquet files as a catalog: the database {@code otel} with the tables {@code logs},
 * {@code spans} and {@code metrics}, with tables about the files, {@code partitions} and {@code
 * schemas}, and with the functions of the connector. All is there by itself; nothing can be
 * changed.
 */
@PublicEvolving
public final class OtapCatalog extends FixedCatalog {

  /** The only database. */
  public static final String DATABASE = "otel";

  private final ValueForm form;
  private final boolean metadataColumns;
  private final Map<String, String> options;

  /**
   * @param options of all tables
   */
  OtapCatalog(String name, ValueForm form, boolean metadataColumns, Map<String, String> options) {
    super(name, DATABASE);
    this.form = form;
    this.metadataColumns = metadataColumns;
    this.options = Map.copyOf(options);
  }

  @Override
  public Optional<Factory> getFactory() {
    return Optional.of(new OtapTableFactory());
  }

  @Override
  public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException {
    requireDatabase(name);
    return new CatalogDatabaseImpl(
        Map.of(), "Telemetry at " + options.get(OtapCatalogOptions.PATH.key()));
  }

  @Override
  public List<String> listTables(String database) throws DatabaseNotExistException {
    requireDatabase(database);
    return Stream.concat(
            Stream.of(SignalTable.values()).map(SignalTable::id),
            Stream.of(SystemTable.values()).map(SystemTable::id))
        .toList();
  }

  @Override
  public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
    SignalTable table = SignalTable.ofId(path.getObjectName());
    SystemTable system = SystemTable.ofId(path.getObjectName());
    if (!databaseExists(path.getDatabaseName()) || table == null && system == null) {
      throw new TableNotExistException(getName(), path);
    }
    Map<String, String> own = new HashMap<>(options);
    own.put(FactoryUtil.CONNECTOR.key(), OtapTableFactory.IDENTIFIER);
    own.put(OtapConnectorOptions.TABLE.key(), path.getObjectName());
    return CatalogTable.newBuilder()
        .schema(
            system == null
                ? schema(table)
                : Schema.newBuilder().fromRowDataType(system.type()).build())
        .options(own)
        .build();
  }

  private Schema schema(SignalTable table) {
    Schema.Builder schema = Schema.newBuilder();
    for (TableColumn column : table.columns()) {
      schema
          .column(column.name(), TypeConversions.fromLogicalToDataType(column.type(form)))
          .withComment(column.description());
    }
    if (metadataColumns) {
      for (MetadataColumn column : MetadataColumn.values()) {
        schema.columnByMetadata(
            column.key().replace('.', '_').replace('-', '_'),
            TypeConversions.fromLogicalToDataType(column.type()),
            column.key(),
            true);
      }
    }
    return schema.watermark("event_time", "SOURCE_WATERMARK()").build();
  }

  @Override
  public List<String> listFunctions(String database) throws DatabaseNotExistException {
    requireDatabase(database);
    return List.copyOf(OtapFunctions.names());
  }

  @Override
  public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException {
    UserDefinedFunction function =
        databaseExists(path.getDatabaseName()) ? OtapFunctions.of(path.getObjectName()) : null;
    if (function == null) {
      throw new FunctionNotExistException(getName(), path);
    }
    return new CatalogFunctionImpl(function.getClass().getName());
  }

  @Override
  public boolean functionExists(ObjectPath path) {
    return databaseExists(path.getDatabaseName()) && OtapFunctions.of(path.getObjectName()) != null;
  }
}
