/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.otap.core.TestData;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.examples.command.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a whole: from a recorded tree to the answer. */
class OtapSqlITCase {

  private static final String SET = TestData.parquet("logs-small").toString();

  /** More rows than anybody waits for. */
  private static final String ENDLESS =
      "SELECT a.body FROM logs a, logs b, logs c, logs d, logs e WHERE a.body <> b.body";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"logs-small", "mixed", "logs-multi"})
  void countsBySeverityAreThoseOfWhatWasSent(String set) throws IOException {
    SqlCommand run =
        SqlCommand.of(
            "--from",
            TestData.parquet(set).toString(),
            "--format",
            "csv",
            "SELECT severity_number, COUNT(*) AS n FROM logs GROUP BY 1");
    assertThat(run.code()).as(run.err()).isZero();
    Map<Integer, Long> answer =
        run.lines().stream()
            .skip(1)
            .map(line -> line.split(","))
            .collect(Collectors.toMap(row -> Integer.valueOf(row[0]), row -> Long.valueOf(row[1])));
    assertThat(answer)
        .isEqualTo(
            sentLogs(set).stream()
                .collect(
                    Collectors.groupingBy(
                        LogRecord::getSeverityNumberValue, Collectors.counting())));
    assertThat(run.sentence()).matches(answer.size() + " rows?, \\d+\\.\\d s");
  }

  @Test
  void theFirstQueryOfThemAll() throws IOException {
    Map<String, Long> sent =
        new TreeMap<>(
            sentLogs("logs-small").stream()
                .collect(Collectors.groupingBy(LogRecord::getSeverityText, Collectors.counting())));
    SqlCommand run =
        SqlCommand.of(
            "--from", SET, "SELECT severity_text, COUNT(*) FROM logs GROUP BY 1 ORDER BY 1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines().get(0)).matches(" severity_text +\\| EXPR\\$1");
    assertThat(
            run.lines().stream()
                .skip(2)
                .map(line -> Long.valueOf(line.substring(line.lastIndexOf('|') + 1).strip())))
        .containsExactlyInAnyOrderElementsOf(sent.values());
  }

  @Test
  void everyFormatTellsTheSame() {
    String sql = "SELECT COUNT(*) AS n, CAST(NULL AS STRING) AS nothing FROM logs";
    UnaryOperator<String> asked =
        format -> SqlCommand.of("--from", SET, "--format", format, sql).out();
    assertThat(asked.apply("csv")).isEqualTo("n,nothing\r\n200,\r\n");
    assertThat(asked.apply("json")).isEqualTo("{\"n\":200,\"nothing\":null}\n");
    assertThat(asked.apply("markdown"))
        .isEqualTo("| n | nothing |\n| ---: | --- |\n| 200 | NULL |\n");
    assertThat(asked.apply("table")).isEqualTo("   n | nothing\n-----+---------\n 200 | NULL\n");
  }

  @Test
  void everyColumnOfEverySignalCanBeTold() {
    List<String> tables = List.of("logs", "spans", "metrics", "partitions", "schemas");
    String script =
        tables.stream().map(table -> "SELECT * FROM " + table + ";").collect(Collectors.joining());
    for (String format : List.of("table", "json")) {
      SqlCommand run =
          SqlCommand.of("--from", TestData.parquet("mixed").toString(), "--format", format, script);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err().lines())
          .hasSize(tables.size())
          .allMatch(line -> line.matches("otap-sql: [1-9]\\d* rows, .*"));
    }
  }

  @Test
  void aScriptRunsFromAFileInOrder() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("ask.sql"),
            "-- how many\nSET 'table.local-time-zone' = 'Asia/Tokyo';\n"
                + "SELECT COUNT(*) AS n FROM logs;\n\nSHOW TABLES;\n"
                + "SELECT TO_TIMESTAMP_LTZ(0, 0) AS epoch;");
    SqlCommand run = SqlCommand.of("--from", SET, "--format", "csv", "-f", script.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines())
        .startsWith("n", "200", "table name", "logs")
        .endsWith("epoch", "1970-01-01 09:00:00.000");
  }

  @Test
  void explainShowsThePlanAndRunsNothing() {
    SqlCommand run =
        SqlCommand.of(
            "--from", SET, "--explain", "SELECT body FROM logs WHERE severity_number > 8");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("TableSourceScan(table=[[otap, otel, logs", "Optimized");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void whatIsInsertedIntoATreeReadsTheSame() throws IOException {
    Path tree = folder.resolve("tree");
    SqlCommand run =
        SqlCommand.of(
            "--from",
            TestData.parquet("logs-multi").toString(),
            "--option",
            "values=exact",
            "INSERT INTO logs /*+ OPTIONS('sink.to'='parquet:" + tree + "') */ SELECT * FROM logs");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.sentence()).matches("done, \\d+\\.\\d s");
    assertThat(run.out()).isEmpty();
    Path again = folder.resolve("otlp");
    SqlCommand back =
        SqlCommand.of(
            "--from",
            tree.toString(),
            "--option",
            "values=exact",
            "INSERT INTO logs /*+ OPTIONS('sink.to'='otlp-file:"
                + again
                + "') */ SELECT * FROM logs");
    assertThat(back.code()).as(back.err()).isZero();
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected("logs-multi")),
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(again));
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  @Test
  void optionsReachTheSource() {
    SqlCommand run =
        SqlCommand.of(
            "--from",
            SET,
            "--option",
            "metadata-columns=true",
            "--option",
            "batch-size=7",
            "--format",
            "csv",
            "SELECT COUNT(DISTINCT file_path) AS files, COUNT(*) AS n FROM logs");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines()).containsExactly("files,n", "1,200");
  }

  @Test
  void sqlThatCannotWorkIsToldInOneSentence() {
    refused(
        "Object 'log' not found; there are logs, metrics, partitions, schemas, spans (line 1, column"
            + " 15)",
        "SELECT * FROM log");
    refused("Column 'bdy' not found in any table (line 2, column 1)", "SELECT\nbdy FROM logs");
    refused(
        "the SQL cannot be read: Encountered \"logs\" at line 1, column 15.", "SELECT * FORM logs");
    refused("the SQL cannot be read: no statement begins with SELEC", "selec 1");
    refused(
        "GROUP BY 2 names a column by its place, but there are 1 in the SELECT",
        "SELECT body FROM logs GROUP BY 2");
    refused(
        "in the statement of line 3: Column 'x' not found in any table (line 1, column 8)",
        "SHOW DATABASES;\n\nSELECT x FROM logs");
  }

  private static void refused(String sentence, String sql) {
    SqlCommand run = SqlCommand.of("--from", SET, sql);
    assertThat(run.code()).isEqualTo(OtapSql.REFUSED);
    assertThat(run.sentence()).isEqualTo(sentence);
  }

  @Test
  void aFailedJobIsToldInOneSentence() throws IOException {
    Path source = TestData.parquet("logs-small");
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().contains("/logs/")) {
          bytes = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        }
        Files.write(copy, bytes);
      }
    }
    SqlCommand run = SqlCommand.of("--from", folder.toString(), "SELECT COUNT(*) FROM logs");
    assertThat(run.code()).isEqualTo(OtapSql.FAILED);
    assertThat(run.sentence())
        .startsWith("the job failed: the file does not end with PAR1: it is cut off")
        .contains(".parquet");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aFailureAmongTheRowsIsToldToo() {
    SqlCommand run = SqlCommand.of("--from", SET, "SELECT CAST(body AS INT) FROM logs");
    assertThat(run.code()).isEqualTo(OtapSql.FAILED);
    assertThat(run.sentence()).startsWith("the job failed: NumberFormatException: ");
  }

  @Test
  void anInterruptEndsTheJob() throws Exception {
    AtomicReference<Runnable> stop = new AtomicReference<>();
    CountDownLatch printing = new CountDownLatch(1);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            printing.countDown();
          }
        };
    Console console =
        new Console(
            "otap-sql",
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream()),
            false);
    int[] code = {-1};
    Thread command =
        new Thread(
            () ->
                code[0] =
                    new OtapSql(console, stop::set)
                        .run("--from", SET, "--format", "csv", ENDLESS.replace("<>", "=")));
    command.start();
    printing.await();
    stop.get().run();
    command.join();
    assertThat(code[0]).isEqualTo(OtapSql.INTERRUPTED);
  }

  @Test
  void argumentsThatCannotWork() {
    refusedArguments("say what to read: --from DIR", "SELECT 1");
    refusedArguments("say what to ask: \"SELECT ...\", or -f FILE with statements", "--from", SET);
    refusedArguments(
        "give the SQL itself or a file with it, not both",
        "--from",
        SET,
        "-f",
        "a.sql",
        "SELECT 1");
    refusedArguments("there is no file a.sql", "--from", SET, "-f", "a.sql");
    refusedArguments("there is no statement in the SQL", "--from", SET, " -- nothing");
    refusedArguments(
        "there is no format xml; use table, csv, json, markdown",
        "--from",
        SET,
        "--format",
        "xml",
        "SELECT 1");
    refusedArguments(
        "--full goes with the aligned table; the others never cut",
        "--from",
        SET,
        "--full",
        "--format",
        "csv",
        "SELECT 1");
    refusedArguments(
        "--option takes KEY=VALUE, not batch-size", "--from", SET, "--option", "batch-size", "x");
    refusedArguments(
        "--parallelism must be between 1 and 32768, not 0",
        "--from",
        SET,
        "--parallelism",
        "0",
        "SELECT 1");
    Path missing = folder.resolve("none");
    refusedArguments("there is no folder " + missing, "--from", missing.toString(), "SELECT 1");
    assertThat(SqlCommand.of("--from", SET, "--option", "bach-size=3", "SELECT 1").sentence())
        .startsWith("there is no option bach-size; the tables have ")
        .contains("source.batch-size", "values");
  }

  private static void refusedArguments(String sentence, String... args) {
    SqlCommand run = SqlCommand.of(args);
    assertThat(run.code()).isEqualTo(OtapSql.REFUSED);
    assertThat(run.sentence()).isEqualTo(sentence);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void helpAndVersion() {
    SqlCommand help = SqlCommand.of("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--from", "--format", "Exit codes").doesNotContain("%n");
    assertThat(SqlCommand.of("--version").out()).isEqualTo("otap-sql 0.1.0\n");
  }

  private static List<LogRecord> sentLogs(String set) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    try (InputStream in = Files.newInputStream(TestData.expected(set).resolve("logs.binpb"))) {
      ExportLogsServiceRequest request;
      while ((request = ExportLogsServiceRequest.parseDelimitedFrom(in)) != null) {
        request
            .getResourceLogsList()
            .forEach(
                resource ->
                    resource
                        .getScopeLogsList()
                        .forEach(scope -> records.addAll(scope.getLogRecordsList())));
      }
    }
    return records;
  }
}
