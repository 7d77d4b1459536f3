/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.util.MiniClusterWithClientResource;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Answers each statement that comes in as a line with what it took, from its text to its last row,
 * and with the rows: to be compared, and few. For {@code benchmarks/sql} and {@code
 * benchmarks/run}.
 *
 * <p>Arguments: {@code otap} and a tree, {@code filesystem} and a copy of {@link CompleteCopy}, or
 * {@code empty} for no tables.
 */
final class SqlWorker {

  private static final Duration LONGER_THAN_IT_IS_STOPPED = Duration.ofHours(1);

  private SqlWorker() {}

  public static void main(String[] args) throws Exception {
    Configuration options = new Configuration();
    options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.parse("1536 mb"));
    options.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, LONGER_THAN_IT_IS_STOPPED);
    MiniClusterWithClientResource cluster =
        new MiniClusterWithClientResource(
            new MiniClusterResourceConfiguration.Builder()
                .setConfiguration(options)
                .setNumberSlotsPerTaskManager(1)
                .build());
    cluster.before();
    TableEnvironment env = environment();
    if (args[0].equals("otap")) {
      env.executeSql(
          "CREATE CATALOG t WITH ('type'='otap', 'path'='%s')".formatted(Path.of(args[1]).toUri()));
      env.useCatalog("t");
      env.executeSql(
          "CREATE TEMPORARY TABLE logs_with_route"
              + " (http_route STRING METADATA FROM 'attributes.http.route' VIRTUAL) LIKE logs");
    } else if (args[0].equals("filesystem")) {
      createTables(env, Path.of(args[1]));
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("{\"tables\": \"%s\"}".formatted(args[0]));
    for (String statement = in.readLine(); statement != null; statement = in.readLine()) {
      answer(env, statement);
    }
    cluster.after();
  }

  private static TableEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    TableEnvironment env =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().withConfiguration(configuration).build());
    env.getConfig().set("table.local-time-zone", "UTC");
    return env;
  }

  /** The columns that the queries need; other columns would not be read either. */
  private static void createTables(TableEnvironment env, Path copy) {
    String attributes = "parent_id INT, key STRING, str STRING";
    Map<String, String> columns =
        new TreeMap<>(
            Map.of(
                "logs",
                "id INT, `resource` ROW<id INT>, severity_text STRING",
                "log_attrs",
                attributes,
                "resource_attrs",
                attributes));
    columns.forEach(
        (table, declared) ->
            env.executeSql(
                "CREATE TABLE %s (%s) WITH ('connector'='filesystem', 'format'='parquet', 'path'='%s')"
                    .formatted(table, declared, copy.resolve(table).toUri())));
  }

  private static void answer(TableEnvironment env, String statement) {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    TreeMap<String, Integer> rows = new TreeMap<>();
    try {
      TableResult result = env.executeSql(statement);
      result.await();
      try (CloseableIterator<Row> results = result.collect()) {
        results.forEachRemaining(row -> rows.merge(row.toString(), 1, Integer::sum));
      }
      System.out.printf(
          "{\"seconds\": %.4f, \"cpu\": %.4f, \"process\": true, \"rows\": %d, \"result\": \"%s\"}%n",
          (System.nanoTime() - start) / 1e9,
          (cpuNanos() - cpu) / 1e9,
          rows.size(),
          escaped(rows.toString()));
    } catch (Exception e) {
      System.out.printf("{\"error\": \"%s\"}%n", escaped(root(e).toString().split("\n")[0]));
    }
  }

  private static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
