/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.catalog;

import java.util.List;
import org.apache.flink.table.catalog.AbstractCatalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.expressions.Expression;

/** A catalog of one database that nobody can change, without partitions, views and statistics. */
abstract class FixedCatalog extends AbstractCatalog {

  FixedCatalog(String name, String database) {
    super(name, database);
  }

  @Override
  public final void open() {}

  @Override
  public final void close() {}

  @Override
  public final List<String> listDatabases() {
    return List.of(getDefaultDatabase());
  }

  @Override
  public final boolean databaseExists(String name) {
    return name.equals(getDefaultDatabase());
  }

  final void requireDatabase(String name) throws DatabaseNotExistException {
    if (!databaseExists(name)) {
      throw new DatabaseNotExistException(getName(), name);
    }
  }

  @Override
  public final boolean tableExists(ObjectPath path) {
    try {
      return databaseExists(path.getDatabaseName())
          && listTables(path.getDatabaseName()).contains(path.getObjectName());
    } catch (DatabaseNotExistException e) {
      return false;
    }
  }

  @Override
  public final List<String> listViews(String database) throws DatabaseNotExistException {
    requireDatabase(database);
    return List.of();
  }

  @Override
  public final List<CatalogPartitionSpec> listPartitions(ObjectPath path)
      throws TableNotExistException, TableNotPartitionedException {
    throw notPartitioned(path);
  }

  @Override
  public final List<CatalogPartitionSpec> listPartitions(ObjectPath path, CatalogPartitionSpec spec)
      throws TableNotExistException, TableNotPartitionedException {
    throw notPartitioned(path);
  }

  @Override
  public final List<CatalogPartitionSpec> listPartitionsByFilter(
      ObjectPath path, List<Expression> filters)
      throws TableNotExistException, TableNotPartitionedException {
    throw notPartitioned(path);
  }

  private TableNotPartitionedException notPartitioned(ObjectPath path)
      throws TableNotExistException {
    if (!tableExists(path)) {
      throw new TableNotExistException(getName(), path);
    }
    return new TableNotPartitionedException(getName(), path);
  }

  @Override
  public final CatalogPartition getPartition(ObjectPath path, CatalogPartitionSpec spec)
      throws PartitionNotExistException {
    throw new PartitionNotExistException(getName(), path, spec);
  }

  @Override
  public final boolean partitionExists(ObjectPath path, CatalogPartitionSpec spec) {
    return false;
  }

  @Override
  public final CatalogTableStatistics getTableStatistics(ObjectPath path) {
    return CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public final CatalogColumnStatistics getTableColumnStatistics(ObjectPath path) {
    return CatalogColumnStatistics.UNKNOWN;
  }

  @Override
  public final CatalogTableStatistics getPartitionStatistics(
      ObjectPath path, CatalogPartitionSpec spec) {
    return CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public final CatalogColumnStatistics getPartitionColumnStatistics(
      ObjectPath path, CatalogPartitionSpec spec) {
    return CatalogColumnStatistics.UNKNOWN;
  }

  private CatalogException fixed(String change) {
    return new CatalogException(
        "The catalog "
            + getName()
            + " shows a tree of files as it is: it cannot "
            + change
            + "; use another catalog, such as default_catalog, for objects of your own.");
  }

  @Override
  public final void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists) {
    throw fixed("create a database");
  }

  @Override
  public final void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade) {
    throw fixed("drop a database");
  }

  @Override
  public final void alterDatabase(
      String name, CatalogDatabase database, boolean ignoreIfNotExists) {
    throw fixed("alter a database");
  }

  @Override
  public final void dropTable(ObjectPath path, boolean ignoreIfNotExists) {
    throw fixed("drop a table");
  }

  @Override
  public final void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists) {
    throw fixed("rename a table");
  }

  @Override
  public final void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists) {
    throw fixed("create a table");
  }

  @Override
  public final void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists) {
    throw fixed("alter a table");
  }

  @Override
  public final void createPartition(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogPartition partition,
      boolean ignoreIfExists) {
    throw fixed("create a partition");
  }

  @Override
  public final void dropPartition(
      ObjectPath path, CatalogPartitionSpec spec, boolean ignoreIfNotExists) {
    throw fixed("drop a partition");
  }

  @Override
  public final void alterPartition(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogPartition partition,
      boolean ignoreIfNotExists) {
    throw fixed("alter a partition");
  }

  @Override
  public final void createFunction(
      ObjectPath path, CatalogFunction function, boolean ignoreIfExists) {
    throw fixed("create a function");
  }

  @Override
  public final void alterFunction(
      ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists) {
    throw fixed("alter a function");
  }

  @Override
  public final void dropFunction(ObjectPath path, boolean ignoreIfNotExists) {
    throw fixed("drop a function");
  }

  @Override
  public final void alterTableStatistics(
      ObjectPath path, CatalogTableStatistics statistics, boolean ignoreIfNotExists) {
    throw fixed("alter statistics");
  }

  @Override
  public final void alterTableColumnStatistics(
      ObjectPath path, CatalogColumnStatistics statistics, boolean ignoreIfNotExists) {
    throw fixed("alter statistics");
  }

  @Override
  public final void alterPartitionStatistics(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogTableStatistics statistics,
      boolean ignoreIfNotExists) {
    throw fixed("alter statistics");
  }

  @Override
  public final void alterPartitionColumnStatistics(
      ObjectPath path,
      CatalogPartitionSpec spec,
      CatalogColumnStatistics statistics,
      boolean ignoreIfNotExists) {
    throw fixed("alter statistics");
  }
}
