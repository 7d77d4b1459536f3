/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.storage.LocalStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TreeInspectionTest {

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void onlyKnownViolations(String set) throws IOException {
    String report = report(set);
    switch (set) {
      case "logs-killed" -> assertThat(report).contains("  violations\n    log_attrs: 263 rows");
      case "logs-ambiguous" ->
          assertThat(report).contains("    logs: rows whose resource or scope is undecided");
      default -> assertThat(report).contains("  no violations\n").doesNotContain("  violations\n");
    }
  }

  @Test
  void tellsWhatIsThere() throws IOException {
    assertThat(report("logs-killed"))
        .contains("_part_id ce0e491c-98f3-4f51-8995-43907dcf760b\n")
        .contains("  logs: 10 files, 343 rows, 116.7 KiB, 1 schema\n")
        .contains("    ids         0 to 273\n")
        .contains("    resources   C1 136, C2 207\n")
        .contains("    per parent  min 1, median 4, max 8 rows\n")
        .contains("    samples     messaging.system=map of 17 bytes, =65536, ")
        .contains("; the first: parent_id 274 in row 0 of ");
  }

  private static String report(String set) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeInspection.print(
        new LocalStorage(),
        TestData.parquet(set).toString(),
        new PrintStream(out, false, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
