/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.otap.core.TestData;
import io.otap.flink.table.model.SignalTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people ask of telemetry, over every recorded set, against the requests that were sent. */
class GoldenQueriesITCase {

  /** Unlike the text null, which attributes have. */
  private static final String NULL = "(NULL)";

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  static Stream<String> logs() throws IOException {
    return with(SignalTable.LOGS);
  }

  static Stream<String> traces() throws IOException {
    return with(SignalTable.SPANS);
  }

  static Stream<String> metrics() throws IOException {
    return with(SignalTable.METRICS);
  }

  private static Stream<String> with(SignalTable table) throws IOException {
    List<String> sets = new ArrayList<>();
    for (String set : TestData.sets()) {
      if (!GoldenTruth.of(set, table).rows().isEmpty()) {
        sets.add(set);
      }
    }
    return sets.stream();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void logsByServiceAndSeverity(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.LOGS);
    boolean ambiguous = set.equals("logs-ambiguous");
    String service = ambiguous ? "'?'" : "service_name";
    assertThat(
            query(
                set,
                "SELECT "
                    + service
                    + " AS service, severity_text, COUNT(*) FROM logs GROUP BY "
                    + (ambiguous ? "severity_text" : service + ", severity_text")))
        .isEqualTo(
            counts(
                truth.rows(),
                row ->
                    (ambiguous
                            ? "?"
                            : Objects.toString(resource(truth, row).get("service.name"), NULL))
                        + ", "
                        + truth.get(row, "severity_text")));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void topAttributeValues(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.LOGS);
    List<String> pairs =
        truth.rows().stream()
            .map(row -> truth.<Map<String, String>>get(row, "attributes"))
            .flatMap(map -> map.entrySet().stream())
            .map(entry -> entry.getKey() + ", " + Objects.toString(entry.getValue(), NULL))
            .toList();
    assertThat(
            query(
                set,
                "SELECT k, v, COUNT(*) AS n FROM logs CROSS JOIN UNNEST(attributes) AS a(k, v)"
                    + " GROUP BY k, v"))
        .isEqualTo(counts(pairs, pair -> pair));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void errorRatesOfSpans(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.SPANS);
    Map<String, long[]> errors = new TreeMap<>();
    for (Row row : truth.rows()) {
      long[] count = errors.computeIfAbsent(truth.get(row, "name"), name -> new long[2]);
      count[0] += truth.get(row, "status_code").equals("ERROR") ? 1 : 0;
      count[1]++;
    }
    assertThat(
            query(
                set,
                "SELECT name, COUNT(*) FILTER (WHERE status_code = 'ERROR'), COUNT(*),"
                    + " AVG(CASE WHEN status_code = 'ERROR' THEN 1.0 ELSE 0.0 END) > 0.5"
                    + " FROM spans GROUP BY name"))
        .isEqualTo(
            sorted(
                errors.entrySet(),
                e ->
                    e.getKey()
                        + ", "
                        + e.getValue()[0]
                        + ", "
                        + e.getValue()[1]
                        + ", "
                        + (2 * e.getValue()[0] > e.getValue()[1])));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void percentilesOfDurations(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.SPANS);
    Map<String, List<Long>> durations =
        truth.rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> truth.get(row, "kind"),
                    TreeMap::new,
                    Collectors.mapping(
                        row -> truth.get(row, "duration_nano"), Collectors.toList())));
    List<Row> rows =
        SqlJobs.rows(
            catalog(set),
            "SELECT kind, PERCENTILE(duration_nano, 0.5), PERCENTILE(duration_nano, 0.95)"
                + " FROM spans GROUP BY kind");
    assertThat(rows).hasSameSizeAs(durations.keySet());
    for (Row row : rows) {
      List<Long> sorted = durations.get((String) row.getField(0)).stream().sorted().toList();
      assertThat((Double) row.getField(1)).isCloseTo(percentile(sorted, 0.5), within(1.0));
      assertThat((Double) row.getField(2)).isCloseTo(percentile(sorted, 0.95), within(1.0));
    }
  }

  @ParameterizedTest
  @MethodSource("traces")
  void oneTrace(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.SPANS);
    String trace =
        truth.rows().stream()
            .map(row -> truth.<String>get(row, "trace_id"))
            .collect(Collectors.groupingBy(id -> id, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .max(Map.Entry.comparingByValue())
            .orElseThrow()
            .getKey();
    assertThat(
            query(
                set,
                "SELECT span_id, parent_span_id, name, `timestamp`, end_timestamp,"
                    + " CARDINALITY(events), CARDINALITY(links) FROM spans WHERE trace_id = '"
                    + trace
                    + "'"))
        .isEqualTo(
            sorted(
                truth.rows().stream().filter(r -> truth.get(r, "trace_id").equals(trace)).toList(),
                row ->
                    Stream.of("span_id", "parent_span_id", "name", "timestamp", "end_timestamp")
                            .map(column -> Objects.toString(truth.get(row, column), NULL))
                            .collect(Collectors.joining(", "))
                        + ", "
                        + truth.<Object[]>get(row, "events").length
                        + ", "
                        + truth.<Object[]>get(row, "links").length));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void sumsOfCounters(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.METRICS);
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Row row : truth.rows()) {
      Long value = truth.get(row, "int_value");
      if (truth.get(row, "metric_type").equals("SUM") && value != null) {
        sums.merge(truth.get(row, "name"), BigDecimal.valueOf(value), BigDecimal::add);
      }
    }
    assertThat(
            query(
                set,
                "SELECT name, SUM(CAST(int_value AS DECIMAL(38, 0))) FROM metrics"
                    + " WHERE metric_type = 'SUM' AND int_value IS NOT NULL GROUP BY name"))
        .isEqualTo(sorted(sums.entrySet(), e -> e.getKey() + ", " + e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void histogramsSummed(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.METRICS);
    Map<String, BigDecimal> buckets = new TreeMap<>();
    for (Row row : truth.rows()) {
      Object[] counts = truth.get(row, "bucket_counts");
      for (int i = 0; counts != null && i < counts.length; i++) {
        String key = truth.get(row, "name") + ", " + (i + 1);
        buckets.merge(key, (BigDecimal) counts[i], BigDecimal::add);
      }
    }
    assertThat(
            query(
                set,
                "SELECT name, bucket, SUM(n) FROM metrics"
                    + " CROSS JOIN UNNEST(bucket_counts) WITH ORDINALITY AS b(n, bucket)"
                    + " GROUP BY name, bucket"))
        .isEqualTo(sorted(buckets.entrySet(), e -> e.getKey() + ", " + e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void pointsAndMetricsWithoutPoints(String set) throws Exception {
    GoldenTruth truth = GoldenTruth.of(set, SignalTable.METRICS);
    assertThat(
            query(
                set,
                "SELECT metric_type, flags IS NULL, COUNT(*) FROM metrics"
                    + " GROUP BY metric_type, flags IS NULL"))
        .isEqualTo(
            counts(
                truth.rows(),
                row -> truth.get(row, "metric_type") + ", " + (truth.get(row, "flags") == null)));
  }

  private static TableEnvironment catalog(String set) {
    return SqlJobs.catalog(RuntimeExecutionMode.BATCH, set);
  }

  /** The rows of a query as sorted texts. */
  private static List<String> query(String set, String sql) throws Exception {
    return sorted(
        SqlJobs.rows(catalog(set), sql),
        row ->
            IntStream.range(0, row.getArity())
                .mapToObj(i -> Objects.toString(row.getField(i), NULL))
                .collect(Collectors.joining(", ")));
  }

  private static Map<String, String> resource(GoldenTruth truth, Row row) {
    @SuppressWarnings("unchecked")
    Map<String, String> attributes =
        (Map<String, String>) truth.<Row>get(row, "resource").getField(0);
    return attributes;
  }

  private static <T> List<String> counts(Collection<T> rows, Function<T, String> key) {
    return sorted(
        rows.stream().collect(Collectors.groupingBy(key, Collectors.counting())).entrySet(),
        entry -> entry.getKey() + ", " + entry.getValue());
  }

  private static <T> List<String> sorted(Collection<T> rows, Function<T, String> text) {
    return rows.stream().map(text).sorted().toList();
  }

  /** With linear interpolation between neighbours. */
  private static double percentile(List<Long> sorted, double share) {
    double position = share * (sorted.size() - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    long[] values = sorted.stream().mapToLong(Long::longValue).toArray();
    return values[below] + (position - below) * (values[above] - values[below]);
  }
}
