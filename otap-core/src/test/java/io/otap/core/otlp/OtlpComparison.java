/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.model.Signal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Telemetry that was expected against telemetry that came, as multisets of records.
 *
 * <p>Not significant: the order of requests, resources, scopes, records, attributes, map entries,
 * events, links and exemplars; how records are grouped; an absent message against one with all
 * fields at their defaults; resources and scopes without records. NaN equals NaN; -0.0 differs from
 * 0.0.
 */
public final class OtlpComparison {

  private static final int SHOWN = 3;
  private static final int WIDTH = 300;

  /** How much an equal field tells that two records are meant to be the same. */
  private static final Map<String, Integer> WEIGHTS =
      Map.of(
          "trace_id", 8,
          "span_id", 8,
          "time_unix_nano", 6,
          "start_time_unix_nano", 6,
          "metric.name", 4,
          "body", 2);

  private final List<OtlpRecord> missing = new ArrayList<>();
  private final List<OtlpRecord> extra = new ArrayList<>();
  private final StringBuilder summary = new StringBuilder();

  private OtlpComparison() {}

  public static OtlpComparison of(OtlpRecords expected, OtlpRecords actual) {
    OtlpComparison comparison = new OtlpComparison();
    for (Signal signal : Signal.values()) {
      if (expected.count(signal) + actual.count(signal) > 0) {
        int missingBefore = comparison.missing.size();
        int extraBefore = comparison.extra.size();
        subtract(expected.entries(signal), actual.entries(signal), comparison.missing);
        subtract(actual.entries(signal), expected.entries(signal), comparison.extra);
        comparison.summary.append(
            "%s: expected %d, actual %d, missing %d, extra %d%n"
                .formatted(
                    signal.id(),
                    expected.count(signal),
                    actual.count(signal),
                    comparison.missing.size() - missingBefore,
                    comparison.extra.size() - extraBefore));
      }
    }
    return comparison;
  }

  private static void subtract(
      Map<BigInteger, OtlpRecords.Entry> from,
      Map<BigInteger, OtlpRecords.Entry> what,
      List<OtlpRecord> out) {
    from.forEach(
        (hash, entry) -> {
          OtlpRecords.Entry other = what.get(hash);
          for (long n = other == null ? 0 : other.count; n < entry.count; n++) {
            out.add(entry.record);
          }
        });
  }

  public boolean isEqual() {
    return missing.isEmpty() && extra.isEmpty();
  }

  /**
   * Whether the same records came, except that the attributes of resources or scopes of some are
   * not the expected ones.
   *
   * @param most largest number of such records; the fields of a metric count for each of its points
   */
  public boolean isEqualButForContext(long most) {
    return missing.size() == extra.size()
        && bare(missing).equals(bare(extra))
        && differing() <= most;
  }

  private long differing() {
    return extra.stream().map(OtlpComparison::owner).distinct().count();
  }

  /** What says which row of a root table a record comes from. */
  private static String owner(OtlpRecord record) {
    return record.fields().containsKey("metric.name")
        ? record.context() + record.fields().get("metric.name")
        : System.identityHashCode(record) + "";
  }

  private static List<String> bare(List<OtlpRecord> records) {
    return records.stream()
        .map(
            record -> {
              Map<String, String> fields = record.all();
              fields.remove("resource.attributes");
              fields.remove("scope.attributes");
              return fields.toString();
            })
        .sorted()
        .toList();
  }

  /** Records that were expected and did not come, as often as that is so. */
  public List<OtlpRecord> missing() {
    return missing;
  }

  /** Records that came and were not expected, as often as that is so. */
  public List<OtlpRecord> extra() {
    return extra;
  }

  /**
   * Counts by signal, and the first differences: each missing record beside the extra record that
   * has the most in common with it.
   */
  public String difference() {
    StringBuilder out = new StringBuilder(summary);
    for (OtlpRecord record : missing.subList(0, Math.min(SHOWN, missing.size()))) {
      OtlpRecord other = nearest(record);
      if (other == null) {
        out.append("  missing record\n").append(record);
      } else {
        out.append("  missing record, beside the extra record nearest to it\n");
        describe(record, other, out);
      }
    }
    if (missing.isEmpty()) {
      for (OtlpRecord record : extra.subList(0, Math.min(SHOWN, extra.size()))) {
        out.append("  extra record\n").append(record);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return difference();
  }

  private static void describe(OtlpRecord expected, OtlpRecord actual, StringBuilder out) {
    Map<String, String> theirs = new LinkedHashMap<>(actual.all());
    expected
        .all()
        .forEach(
            (name, value) -> {
              String other = theirs.remove(name);
              if (!value.equals(other)) {
                line(name, value, other == null ? "(no such field)" : other, out);
              }
            });
    theirs.forEach((name, value) -> line(name, "(no such field)", value, out));
  }

  private static void line(String name, String expected, String actual, StringBuilder out) {
    int start = 0;
    while (start < Math.min(expected.length(), actual.length())
        && expected.charAt(start) == actual.charAt(start)) {
      start++;
    }
    start = Math.max(0, start - 40);
    out.append("  ! %-34s expected %s%n".formatted(name, part(expected, start)));
    out.append("    %-34s actual   %s%n".formatted("", part(actual, start)));
  }

  private static String part(String text, int start) {
    String shown = text.substring(start, Math.min(text.length(), start + WIDTH));
    return (start > 0 ? "..." : "") + shown + (start + WIDTH < text.length() ? "..." : "");
  }

  private OtlpRecord nearest(OtlpRecord record) {
    OtlpRecord best = null;
    int bestScore = 0;
    Map<String, String> mine = record.all();
    for (OtlpRecord candidate : extra.subList(0, Math.min(2000, extra.size()))) {
      int score = 0;
      for (Map.Entry<String, String> field : candidate.all().entrySet()) {
        String value = field.getValue();
        if (!value.isEmpty() && !value.equals("0") && value.equals(mine.get(field.getKey()))) {
          score += WEIGHTS.getOrDefault(field.getKey(), 1);
        }
      }
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }
}
