/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.examples.command.Console;
import io.otap.examples.command.Failure;
import io.otap.examples.command.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Runs the statements one after the other and prints their results; the first failure is the end.
 */
final class SqlRun {

  private static final int ROWS_BETWEEN_CHECKS = 256;

  private final SqlSettings settings;
  private final boolean verbose;
  private final Console console;
  private final Interruption interruption;

  SqlRun(SqlSettings settings, boolean verbose, Console console, StopSignal signal) {
    this.settings = settings;
    this.verbose = verbose;
    this.console = console;
    this.interruption = new Interruption();
    signal.call(interruption::interrupt);
  }

  /** Returns the exit code. */
  int run() {
    SqlSession session;
    try {
      session = SqlSession.open(settings);
    } catch (RuntimeException e) {
      return refuse(e, SqlFailure.sentence(e));
    }
    for (SqlStatement statement : settings.statements()) {
      int code = settings.explain() ? explain(session, statement) : execute(session, statement);
      if (code != OtapSql.DONE) {
        return code;
      }
    }
    return OtapSql.DONE;
  }

  private int explain(SqlSession session, SqlStatement statement) {
    if (!statement.hasPlan()) {
      return execute(session, statement);
    }
    try {
      console.out().println(session.explain(statement));
      return OtapSql.DONE;
    } catch (OtapException | RuntimeException e) {
      return refuse(e, place(statement) + sentence(e, session, statement));
    }
  }

  private int execute(SqlSession session, SqlStatement statement) {
    long start = System.nanoTime();
    TableResult result;
    try {
      Optional<TableResult> executed = session.execute(statement);
      if (executed.isEmpty()) {
        return OtapSql.DONE;
      }
      result = executed.get();
    } catch (OtapException | RuntimeException e) {
      return refuse(e, place(statement) + sentence(e, session, statement));
    }
    try {
      result.getJobClient().ifPresent(interruption::watch);
      if (result.getResultKind() == ResultKind.SUCCESS) {
        return OtapSql.DONE;
      }
      if (result.getJobClient().isPresent() && !statement.isQuery()) {
        result.await();
        tell("done", start);
        return OtapSql.DONE;
      }
      long rows = print(session, result);
      if (statement.isQuery()) {
        tell(rows + (rows == 1 ? " row" : " rows"), start);
      }
      return OtapSql.DONE;
    } catch (Exception e) {
      if (interruption.hasCome()) {
        console.say("interrupted; the job was ended");
        return OtapSql.INTERRUPTED;
      }
      trace(e);
      console.say("the job failed: " + place(statement) + Failure.sentence(e));
      return OtapSql.FAILED;
    } finally {
      interruption.forget();
    }
  }

  private long print(SqlSession session, TableResult result) throws Exception {
    List<Column> columns = result.getResolvedSchema().getColumns();
    RowPrinter printer =
        settings
            .format()
            .printer(columns, new CellText(session.zone()), settings.full(), console.out());
    long count = 0;
    try (CloseableIterator<Row> rows = result.collect()) {
      while (rows.hasNext()) {
        printer.print(rows.next());
        count++;
        if (count % ROWS_BETWEEN_CHECKS == 0) {
          requireReader(result);
        }
      }
      printer.end();
    }
    return count;
  }

  /** Nobody reads on: {@code otap-sql … | head}. */
  private void requireReader(TableResult result) throws OtapException {
    if (console.out().checkError()) {
      result.getJobClient().ifPresent(JobClient::cancel);
      throw OtapException.of(OtapErrorKind.IO, "standard output was closed");
    }
  }

  private void tell(String what, long start) {
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    console.say(what + String.format(Locale.ROOT, ", %.1f s", duration.toMillis() / 1000.0));
  }

  private static String sentence(Throwable failure, SqlSession session, SqlStatement statement) {
    return SqlFailure.sentence(failure, statement.firstWord(), session.tableNames());
  }

  /** Which statement it is about, if there are several. */
  private String place(SqlStatement statement) {
    return settings.statements().size() == 1
        ? ""
        : "in the statement of line " + statement.line() + ": ";
  }

  private int refuse(Throwable failure, String sentence) {
    if (interruption.hasCome()) {
      console.say("interrupted");
      return OtapSql.INTERRUPTED;
    }
    trace(failure);
    console.say(sentence);
    return OtapSql.REFUSED;
  }

  private void trace(Throwable failure) {
    if (verbose) {
      console.trace(failure);
    }
  }
}
