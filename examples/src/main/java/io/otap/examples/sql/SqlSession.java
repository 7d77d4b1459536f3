/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.config.TableConfigOptions;

/** Flink's tables in this process, with the telemetry of a folder as what is current. */
final class SqlSession {

  private static final String CATALOG = "otap";
  private static final String DATABASE = "otel";

  private final TableEnvironment tables;

  private SqlSession(TableEnvironment tables) {
    this.tables = tables;
  }

  /** Finds out what tables there are; starts nothing. */
  static SqlSession open(SqlSettings settings) {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
    // What the tables give is never changed; SET 'pipeline.object-reuse' = 'false' copies it again.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // The same answer on every machine; SET 'table.local-time-zone' changes it.
    configuration.set(TableConfigOptions.LOCAL_TIME_ZONE, "UTC");
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().withConfiguration(configuration).build());
    Map<String, String> catalog = new LinkedHashMap<>();
    catalog.put("type", "otap");
    catalog.put("path", settings.from());
    catalog.putAll(settings.options());
    tables.executeSql("CREATE CATALOG " + CATALOG + " WITH (" + list(catalog) + ")");
    tables.useCatalog(CATALOG);
    tables.useDatabase(DATABASE);
    return new SqlSession(tables);
  }

  /** Runs a statement; empty if it only was a setting of the session. */
  Optional<TableResult> execute(SqlStatement statement) throws OtapException {
    if (SessionSetting.apply(statement.code(), tables.getConfig())) {
      return Optional.empty();
    }
    return Optional.of(tables.executeSql(GroupNumbers.replaced(statement.text())));
  }

  String explain(SqlStatement statement) throws OtapException {
    return tables.explainSql(GroupNumbers.replaced(statement.text()));
  }

  /** Names of the tables that are current. */
  List<String> tableNames() {
    return List.of(tables.listTables());
  }

  /** The zone in which times are told. */
  ZoneId zone() {
    return tables.getConfig().getLocalTimeZone();
  }

  private static String list(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> literal(option.getKey()) + " = " + literal(option.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
