/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.Column;

/** How rows are told. */
enum ResultFormat {
  TABLE,
  CSV,
  JSON,
  MARKDOWN;

  static OtapException unknown(String name) {
    return Refusal.because(
        "there is no format "
            + name
            + "; use "
            + Arrays.stream(values()).map(ResultFormat::id).collect(Collectors.joining(", ")));
  }

  static ResultFormat of(String name) throws OtapException {
    return Arrays.stream(values())
        .filter(format -> format.id().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /**
   * A printer for one result.
   *
   * @param full whether wide values are told in full where they could be cut
   */
  RowPrinter printer(List<Column> columns, CellText text, boolean full, PrintStream out) {
    return switch (this) {
      case TABLE -> new AlignedTable(columns, text, full, out);
      case CSV -> new CsvRows(columns, text, out);
      case JSON -> new JsonRows(columns, out);
      case MARKDOWN -> new MarkdownRows(columns, text, out);
    };
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
