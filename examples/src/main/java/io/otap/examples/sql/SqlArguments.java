/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line as it was typed; {@link SqlSettings} is what it means. */
@Command(
    name = "otap-sql",
    version = "otap-sql " + SqlArguments.VERSION,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Asks the telemetry in a folder of OTAP Parquet files with Flink SQL.%n",
    description = {
      "%nTables: logs, spans, metrics, partitions, schemas; DESCRIBE logs tells the columns of one.",
      "",
    },
    footer = {
      "",
      "Exit codes: 0 all statements are done; 1 a job failed; 2 the arguments, the folder or the SQL"
          + " cannot work; 130 it was interrupted.",
    })
final class SqlArguments {

  static final String VERSION = "0.1.0";

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Folder with the tables (logs, log_attrs, ...) that the exporter wrote.")
  String from;

  @Parameters(
      arity = "0..1",
      paramLabel = "SQL",
      description = "Statements, separated by semicolons.")
  String sql;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A file with the statements; - is standard input.")
  Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table (aligned), csv (with a header), json (an object per row and line), markdown;"
              + " default: ${DEFAULT-VALUE}.")
  String format;

  @Option(names = "--full", description = "Wide values are not cut in the aligned table.")
  boolean full;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of all tables, like batch-size=1000 of the source or values=variant of the"
              + " catalog; can be repeated.")
  List<String> options = new ArrayList<>();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many readers work at once; default: the number of processors.")
  Integer parallelism;

  @Option(
      names = "--explain",
      description = "Shows the plans of the statements instead of running them.")
  boolean explain;

  @Option(names = "--verbose", description = "Stack traces and Flink's warnings.")
  boolean verbose;

  @Option(names = "--help", usageHelp = true, description = "This text.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "The version.")
  boolean version;
}
