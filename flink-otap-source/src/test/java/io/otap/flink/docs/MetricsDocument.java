/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.docs;

import io.otap.flink.sink.metrics.SinkMetric;
import io.otap.flink.source.metrics.MetricLabel;
import io.otap.flink.source.metrics.MetricScope;
import io.otap.flink.source.metrics.SourceMetric;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@code docs/METRICS.md}, from the metrics themselves. */
final class MetricsDocument {

  private static final String HEAD =
      """
      # Metrics

      Generated from `SourceMetric` and `SinkMetric`, by which the metrics are registered; a test compares, and another
      finds each in a job. To write it anew:
      `mvn -pl flink-otap-source -am test -Dtest=MetricsDocumentTest -Dotap.docs=write -Dsurefire.failIfNoSpecifiedTests=false`.

      Names that [FLIP-33](https://cwiki.apache.org/confluence/display/FLINK/FLIP-33%3A+Standardize+Connector+Metrics)
      has mean what they mean there. Records are logs, spans and metrics, not batches. A *label* is a pair of groups in the
      scope of Flink's metrics (`….table.logs.rows`) and a label where the reporter has labels (`rows{table="logs"}`).
      Metrics start anew with each attempt of a task: what is read again after a failure counts again.

      """;

  private static final String ALERTS =
      """
      ## What to watch

      * `lateChildFiles` above 0: attributes are lost, or in `OtapStreams.LATE_CHILDREN`. Raise `source.late-children-timeout` or `source.release-listings`
        ([DISCOVERY.md](DISCOVERY.md)).
      * `releasesWithoutProof` that rises: the exporter publishes attributes of spans later than the time-out waits.
      * `listingFailures` above 0, `discoveryLag` far above `source.discovery-interval`: the storage fails or is slow.
      * `retries` that rise: the storage fails now and then, and attempts are repeated (`source.retry.*`).
      * `waitingRootFiles` that only rises: readers do not keep up, or root files wait for what never comes.
      * `corruptFiles`, `corruptSplits`, `errors`: files were left out; the log names them ([ERRORS.md](ERRORS.md)).
      * `resourceRows` and `scopeRows` of `N`: records whose resource or scope is undecided ([RECOVERY.md](RECOVERY.md)).
      * `numRecordsRejected`, `numRecordsSendErrors`: the receiver did not take records.
      """;

  private MetricsDocument() {}

  static String text() {
    return HEAD + source() + sink() + labels() + ALERTS;
  }

  private static String source() {
    StringBuilder text = new StringBuilder("## Source\n\n");
    for (MetricScope scope : MetricScope.values()) {
      text.append("Where: ").append(scope.place()).append(".\n\n");
      text.append("| metric | type | label | unit | meaning |\n|---|---|---|---|---|\n");
      for (SourceMetric metric : SourceMetric.values()) {
        if (metric.scope() == scope) {
          text.append(
              row(
                  "`" + metric.key() + "`",
                  lower(metric.type()),
                  metric.label().map(label -> "`" + label.key() + "`").orElse(""),
                  metric.unit(),
                  metric.meaning()));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String sink() {
    StringBuilder text = new StringBuilder("## Sinks\n\n");
    for (SinkMetric.Scope scope : SinkMetric.Scope.values()) {
      text.append("Where: ").append(scope.place()).append(".\n\n");
      text.append("| metric | type | unit | meaning |\n|---|---|---|---|\n");
      for (SinkMetric metric : SinkMetric.values()) {
        if (metric.scope() == scope) {
          text.append(
              row("`" + metric.key() + "`", lower(metric.type()), metric.unit(), metric.meaning()));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String labels() {
    return "## Values of labels\n\n"
        + Arrays.stream(MetricLabel.values())
            .filter(label -> label == MetricLabel.TABLE || !label.key().equals("table"))
            .map(
                label ->
                    "* `"
                        + label.key()
                        + "`: "
                        + label.range().stream()
                            .map(value -> "`" + value + "`")
                            .collect(Collectors.joining(", "))
                        + "\n")
            .collect(Collectors.joining())
        + "\n";
  }

  private static String row(String... cells) {
    return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n")).replace("|  |", "| |");
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
