/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A query over a tree that grows gives what the same query gives in the end. */
class ContinuousITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MINUTES = 6;
  private static final int SERVICES = 3;

  private static final String WINDOWS =
      "SELECT CAST(window_start AS TIMESTAMP_LTZ(9)) AS w, service, CAST(COUNT(*) AS STRING) AS n"
          + " FROM (SELECT window_start, window_end,"
          + " resource.attributes['service.name'] AS service"
          + " FROM TABLE(TUMBLE(TABLE %s, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)))"
          + " GROUP BY window_start, window_end, service";

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  @TempDir Path temporary;

  @Test
  void killedAndRestored() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Path out = temporary.resolve("out");
    publish(tree, 0, 2);
    JobClient first = start(tree, out, null);
    await(first, () -> parquetFiles(out) > 0);
    publish(tree, 2, 3);
    first.cancel().get();
    Path checkpoint = newestCheckpoint().orElseThrow();
    publish(tree, 3, MINUTES);
    JobClient second = start(tree, out, checkpoint);
    // The minutes before the last are complete once a record of the last one is read.
    await(second, () -> parquetFiles(out) > 0 && windowsIn(out).size() >= (MINUTES - 1) * SERVICES);
    second.cancel().get();
    List<String> expected =
        texts(batch(tree), String.format(WINDOWS, "logs")).stream()
            .filter(text -> !text.startsWith(minute(MINUTES - 1)))
            .toList();
    assertThat(expected).hasSize((MINUTES - 1) * SERVICES);
    assertThat(windowsIn(out)).isEqualTo(expected);
  }

  private JobClient start(Path tree, Path out, Path checkpoint) {
    TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.STREAMING);
    env.getConfig().set("execution.checkpointing.interval", "100 ms");
    // One whose trigger Flink has lost must not hold up the rest for ten minutes.
    env.getConfig().set("execution.checkpointing.timeout", "10 s");
    env.getConfig()
        .set("execution.checkpointing.dir", temporary.resolve("checkpoints").toUri().toString());
    env.getConfig()
        .set("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    if (checkpoint != null) {
      env.getConfig().set("execution.state-recovery.path", checkpoint.toUri().toString());
    }
    SqlJobs.createCatalog(
        env, "t", tree, "source.continuous", "true", "source.discovery-interval", "50 ms");
    env.executeSql(
        "CREATE TABLE windows (`timestamp` TIMESTAMP_LTZ(9), body STRING,"
            + " attributes MAP<STRING, STRING>) WITH ('connector'='otap', 'table'='logs',"
            + " 'sink.batch-delay'='50 ms', 'sink.rolling-policy.rollover-interval'='0 ms',"
            + " 'sink.to'='parquet:"
            + out.toUri()
            + "')");
    return env.executeSql(
            "INSERT INTO windows SELECT w, service, MAP['count', n] FROM ("
                + String.format(WINDOWS, "t.otel.logs")
                + ")")
        .getJobClient()
        .orElseThrow();
  }

  /** Adds files with records of some minutes: of each service one more in each minute. */
  private static void publish(Path tree, int from, int to) throws Exception {
    for (int minute = from; minute < to; minute++) {
      TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.BATCH);
      env.executeSql(
          "CREATE TABLE logs (`timestamp` TIMESTAMP_LTZ(9),"
              + " resource ROW<attributes MAP<STRING, STRING>>)"
              + " WITH ('connector'='otap', 'sink.to'='parquet:"
              + tree.toUri()
              + "')");
      String time = minute(minute);
      String rows =
          IntStream.range(0, SERVICES * (minute + 1))
              .mapToObj(
                  i ->
                      String.format(
                          "(TO_TIMESTAMP('%s:%02d'), 'service-%d')", time, i, i % SERVICES))
              .collect(Collectors.joining(", "));
      SqlJobs.run(
          env,
          "INSERT INTO logs SELECT CAST(t AS TIMESTAMP_LTZ(9)), ROW(MAP['service.name', s])"
              + " FROM (VALUES "
              + rows
              + ") AS v(t, s)");
    }
  }

  private static String minute(int minute) {
    return String.format("2026-01-31 10:%02d", minute);
  }

  private static List<String> windowsIn(Path out) throws Exception {
    return texts(batch(out), "SELECT `timestamp`, body, attributes['count'] FROM logs");
  }

  private static TableEnvironment batch(Path tree) {
    TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.BATCH);
    SqlJobs.createCatalog(env, "t", tree);
    env.useCatalog("t");
    return env;
  }

  private static List<String> texts(TableEnvironment env, String sql) throws Exception {
    return SqlJobs.rows(env, sql).stream().map(ContinuousITCase::text).sorted().toList();
  }

  private static String text(Row row) {
    String time = row.getField(0).toString().replace('T', ' ').substring(0, 16);
    return time + ", " + row.getField(1) + ", " + row.getField(2);
  }

  private Optional<Path> newestCheckpoint() throws IOException {
    try (Stream<Path> paths = Files.walk(temporary.resolve("checkpoints"))) {
      return paths
          .filter(path -> path.getFileName().toString().equals("_metadata"))
          .map(Path::getParent)
          .max(
              Comparator.comparing(
                  path -> Integer.parseInt(path.getFileName().toString().substring(4))));
    }
  }

  private static long parquetFiles(Path tree) throws IOException {
    Path logs = tree.resolve("logs");
    if (!Files.exists(logs)) {
      return 0;
    }
    try (Stream<Path> paths = Files.walk(logs)) {
      return paths.filter(path -> path.toString().endsWith(".parquet")).count();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(JobClient job, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(job.getJobStatus().get().isGloballyTerminalState()).as("the job ended").isFalse();
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
