/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line as it was typed; {@link ReplaySettings} is what it means. */
@Command(
    name = "otap-replay",
    mixinStandardHelpOptions = false,
    version = "otap-replay " + ReplayArguments.VERSION,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Replays the telemetry in a folder of OTAP Parquet files with a Flink job.%n",
    description = {
      "%nWithout arguments it prints the sample that comes with the repository.",
      "",
      "Targets:",
      "  otlp-file:DIR   logs.binpb, traces.binpb, metrics.binpb: OTLP requests, each with its",
      "                  length as a varint in front",
      "  parquet:DIR     OTAP Parquet files in the exporter's layout, with nothing left out",
      "  otlp://HOST:PORT, otlps://HOST:PORT",
      "                  an OTLP receiver, over gRPC; otlps encrypts",
      "  otap://HOST:PORT, otaps://HOST:PORT",
      "                  an OTAP receiver, over gRPC; otaps encrypts",
      "  print:basic     a line for each batch",
      "  print:normal    a line for each record",
      "  print:detailed  every field and attribute",
      "  null:           counts and discards",
      "",
    },
    footer = {
      "",
      "Exit codes: 0 everything was read, or --follow was stopped; 1 the job failed; 2 the"
          + " arguments, options, path or target cannot work; 3 finished, but something was skipped.",
    })
final class ReplayArguments {

  static final String VERSION = "0.1.0";

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Folder with the tables (logs, log_attrs, ...) that the exporter wrote.")
  String from;

  @Option(
      names = "--signals",
      paramLabel = "SIGNAL",
      split = ",",
      description = "logs, traces, metrics, separated by commas; default: all that are there.")
  List<String> signals = new ArrayList<>();

  @Option(names = "--to", paramLabel = "TARGET", description = "Where the telemetry goes.")
  String to;

  @Option(
      names = "--partition-by",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "For parquet:DIR, folders by date or date,hour of the event time (UTC); each is a tree of"
              + " its own.")
  List<String> partitionBy = new ArrayList<>();

  @Option(
      names = "--follow",
      description =
          "Goes on with what the exporter writes, until Ctrl-C or SIGTERM; started again, it goes on"
              + " where it was. otlp-file: and parquet: get many files then, of which the names say run"
              + " and checkpoint. Needs --checkpoint-dir.")
  boolean follow;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description = "Where --follow keeps what it has done; one folder for each run.")
  String checkpointDir;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      description = "Time between two checkpoints of --follow; default: 10s.")
  String checkpointInterval;

  @Option(
      names = "--roll-size",
      paramLabel = "SIZE",
      description = "Size at which a file of --follow is complete; default: 128mb.")
  String rollSize;

  @Option(
      names = "--roll-age",
      paramLabel = "TIME",
      description =
          "Age at which a file of --follow is complete, looked at with each checkpoint; default: 5m,"
              + " or 1m without new records. 0s: with each checkpoint.")
  String rollAge;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      description = "At most so many records in a second.")
  String rate;

  @Option(
      names = "--speed",
      paramLabel = "Fx",
      description =
          "As fast as the records came by their event time (1x), or F times as fast; read one file"
              + " after the other.")
  String speed;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the source, like batch-size=1000, or of the sink, like"
              + " sink.compression=zstd; can be repeated.")
  List<String> options = new ArrayList<>();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many readers work at once; default: the number of processors.")
  Integer parallelism;

  @Option(names = "--overwrite", description = "Replace an existing result.")
  boolean overwrite;

  @Option(
      names = "--cluster",
      paramLabel = "HOST:PORT",
      description = "REST address of a Flink cluster that runs the job; default: in this process.")
  String cluster;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A receiver's settings as YAML; the command line wins.")
  String config;

  @Option(
      names = "--inspect",
      paramLabel = "DIR",
      description =
          "Tells what is in a folder: tables, rows, how they belong together, what is missing.")
  String inspect;

  @Option(names = "--verbose", description = "Stack traces and Flink's warnings.")
  boolean verbose;

  @Option(names = "--help", usageHelp = true, description = "This text.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "The version.")
  boolean version;
}
