/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import io.otap.core.TestData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** What the queries of the tests have in common. */
final class SqlJobs {

  private SqlJobs() {}

  static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());
  }

  static TableEnvironment tables(RuntimeExecutionMode mode) {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, 2);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    TableEnvironment env =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().withConfiguration(configuration).build());
    env.getConfig().set("table.local-time-zone", "UTC");
    return env;
  }

  /** An environment with the tree of a set as its current catalog. */
  static TableEnvironment catalog(RuntimeExecutionMode mode, String set, String... options) {
    TableEnvironment env = tables(mode);
    createCatalog(env, "t", TestData.parquet(set), options);
    env.useCatalog("t");
    return env;
  }

  /**
   * @param options keys and values in turn
   */
  static void createCatalog(TableEnvironment env, String name, Path tree, String... options) {
    StringBuilder with = new StringBuilder("'type'='otap', 'path'='" + tree.toUri() + "'");
    for (int i = 0; i < options.length; i += 2) {
      with.append(", '" + options[i] + "'='" + options[i + 1] + "'");
    }
    env.executeSql("CREATE CATALOG " + name + " WITH (" + with + ")");
  }

  static List<Row> rows(TableEnvironment env, String sql) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> results = env.executeSql(sql).collect()) {
      results.forEachRemaining(rows::add);
    }
    return rows;
  }

  /** Runs a statement to its end. */
  static void run(TableEnvironment env, String sql) throws Exception {
    env.executeSql(sql).await(3, TimeUnit.MINUTES);
  }
}
