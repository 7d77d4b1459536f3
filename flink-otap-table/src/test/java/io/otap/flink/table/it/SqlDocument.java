/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import io.otap.core.TestData;
import io.otap.flink.table.connector.OtapConnectorOptions;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.TableColumn;
import io.otap.flink.table.model.ValueForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.TimeUtils;

/** {@code docs/SQL.md}: what it shows, and what in it is generated. */
record SqlDocument(Path path, String text) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sql(| streaming)\n(.*?)^```");
  private static final Pattern GENERATED =
      Pattern.compile("(?ms)^<!-- ([a-z ]+) -->\n(.*?)<!-- end -->");

  /** Statements that are run together. */
  record Example(boolean streaming, List<String> statements) {}

  static SqlDocument read() throws IOException {
    Path path = TestData.root().toAbsolutePath().resolveSibling("docs").resolve("SQL.md");
    return new SqlDocument(path, Files.readString(path));
  }

  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String sql = block.group(2).replaceAll("(?m)^--.*\n", "");
      examples.add(
          new Example(
              !block.group(1).isEmpty(),
              Stream.of(sql.split(";\\s*(\n|$)")).map(String::trim).toList()));
    }
    return examples;
  }

  /** The text with its generated parts as they should be. */
  String generated() {
    return GENERATED
        .matcher(text)
        .replaceAll(
            part ->
                Matcher.quoteReplacement(
                    "<!-- " + part.group(1) + " -->\n" + part(part.group(1)) + "<!-- end -->"));
  }

  private static String part(String name) {
    if (name.equals("options")) {
      return options();
    }
    SignalTable table = SignalTable.ofId(name.substring(name.lastIndexOf(' ') + 1));
    StringBuilder out = new StringBuilder("| column | type | |\n|---|---|---|\n");
    for (TableColumn column : table.columns()) {
      row(out, column.name(), column);
    }
    return out.toString();
  }

  private static void row(StringBuilder out, String name, TableColumn column) {
    boolean nested = !column.fields().isEmpty();
    LogicalType type = column.type(ValueForm.TEXT);
    out.append("| `")
        .append(name)
        .append("` | `")
        .append(
            nested
                ? type.getTypeRoot().name().equals("ARRAY") ? "ARRAY<ROW<…>>" : "ROW<…>"
                : type.asSummaryString().replace("`", ""))
        .append("` | ")
        .append(column.description())
        .append(" |\n");
    for (TableColumn field : column.fields()) {
      row(
          out,
          name + (type.getTypeRoot().name().equals("ARRAY") ? "[]." : ".") + field.name(),
          field);
    }
  }

  private static String options() {
    StringBuilder out = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
    for (ConfigOption<?> option : OtapConnectorOptions.OWN) {
      out.append("| `")
          .append(option.key())
          .append("` | ")
          .append(option.hasDefaultValue() ? value(option.defaultValue()) : "none")
          .append(" | ")
          .append(new HtmlFormatter().format(option.description()))
          .append(" |\n");
    }
    return out.toString();
  }

  private static String value(Object value) {
    if (value instanceof Duration time) {
      return TimeUtils.formatWithHighestUnit(time);
    }
    return value.equals(List.of()) ? "none" : value.toString();
  }
}
