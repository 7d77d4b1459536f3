/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Folder;
import io.otap.examples.command.Refusal;
import io.otap.flink.table.catalog.OtapCatalogFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;

/**
 * What to ask, of what, and how to tell.
 *
 * @param from folder of the tables
 * @param statements in order, at least one
 * @param options of all tables
 */
record SqlSettings(
    String from,
    List<SqlStatement> statements,
    ResultFormat format,
    boolean full,
    Map<String, String> options,
    int parallelism,
    boolean explain) {

  private static final Path STANDARD_INPUT = Path.of("-");
  private static final String PREFIX = "source.";
  private static final int LARGEST_PARALLELISM = 1 << 15;

  static SqlSettings of(SqlArguments arguments) throws OtapException {
    if (arguments.from == null) {
      throw Refusal.because("say what to read: --from DIR");
    }
    ResultFormat format = ResultFormat.of(arguments.format);
    if (arguments.full && format != ResultFormat.TABLE) {
      throw Refusal.because("--full goes with the aligned table; the others never cut");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : arguments.options) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw Refusal.because("--option takes KEY=VALUE, not " + option);
      }
      options.put(fullName(option.substring(0, equals)), option.substring(equals + 1));
    }
    int parallelism =
        arguments.parallelism == null
            ? Runtime.getRuntime().availableProcessors()
            : arguments.parallelism;
    if (parallelism < 1 || parallelism > LARGEST_PARALLELISM) {
      throw Refusal.because(
          "--parallelism must be between 1 and " + LARGEST_PARALLELISM + ", not " + parallelism);
    }
    List<SqlStatement> statements = SqlScript.statements(text(arguments));
    if (statements.isEmpty()) {
      throw Refusal.because(
          "there is no statement in " + (arguments.sql == null ? arguments.file : "the SQL"));
    }
    return new SqlSettings(
        Folder.of(arguments.from),
        statements,
        format,
        arguments.full,
        options,
        parallelism,
        arguments.explain);
  }

  private static String fullName(String key) throws OtapException {
    Set<String> known =
        new OtapCatalogFactory()
            .optionalOptions().stream()
                .map(ConfigOption::key)
                .collect(Collectors.toCollection(TreeSet::new));
    if (known.contains(key)) {
      return key;
    }
    if (known.contains(PREFIX + key)) {
      return PREFIX + key;
    }
    throw Refusal.because(
        "there is no option " + key + "; the tables have " + String.join(", ", known));
  }

  private static String text(SqlArguments arguments) throws OtapException {
    if (arguments.sql != null) {
      if (arguments.file != null) {
        throw Refusal.because("give the SQL itself or a file with it, not both");
      }
      return arguments.sql;
    }
    if (arguments.file == null) {
      throw Refusal.because("say what to ask: \"SELECT ...\", or -f FILE with statements");
    }
    try {
      return arguments.file.equals(STANDARD_INPUT)
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(arguments.file);
    } catch (NoSuchFileException e) {
      throw Refusal.because("there is no file " + arguments.file);
    } catch (IOException e) {
      throw Refusal.because("cannot read " + arguments.file + ": " + e);
    }
  }
}
