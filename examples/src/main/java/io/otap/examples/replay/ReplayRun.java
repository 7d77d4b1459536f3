/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.scan.SplitPlanner;
import io.otap.examples.command.Console;
import io.otap.examples.command.Failure;
import io.otap.examples.command.Folder;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.source.SourceSettings;
import io.otap.flink.source.storage.FlinkStorage;
import io.otap.flink.source.storage.RetryingStorage;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;

/** Checks a replay without starting anything, then runs it and tells how it went. */
final class ReplayRun {

  private final ReplaySettings settings;
  private final boolean verbose;
  private final Console console;

  ReplayRun(ReplaySettings settings, boolean verbose, Console console) {
    this.settings = settings;
    this.verbose = verbose;
    this.console = console;
  }

  /**
   * Returns the exit code.
   *
   * @throws IOException if it cannot work; nothing was started then
   */
  int run() throws IOException {
    Configuration options = Configuration.fromMap(settings.options());
    SourceSettings source = SourceSettings.of(options);
    settings.target().checkOptions(options);
    if (settings.cluster() != null) {
      settings.cluster().check();
    }
    String from = Folder.of(settings.from());
    ReplayPlan plan =
        ReplayPlan.of(
            new RetryingStorage(new FlinkStorage(), source.retry(), () -> {}),
            from,
            settings.signals(),
            source.follow().rules().minFileAge());
    int splits =
        SplitPlanner.plan(
                plan.tree(), plan.signals(), source.splitSize(), source.read(), plan.young())
            .size();
    if (settings.target() instanceof Target.OtlpFile file) {
      OtlpFileSink.checkTarget(new Path(file.folder()), plan.signals(), settings.overwrite());
    }
    if (settings.target() instanceof Target.Parquet parquet) {
      OtapParquetSink.checkTarget(new Path(parquet.folder()));
    }
    tell(plan);
    return execute(new ReplayJob(settings, options, from, plan), plan, splits);
  }

  private void tell(ReplayPlan plan) {
    settings.notes().forEach(note -> console.say("note: " + note));
    if (!settings.signals().isEmpty() && !plan.signals().containsAll(settings.signals())) {
      console.say(
          "note: of "
              + ReplayPlan.names(settings.signals())
              + " there are only "
              + ReplayPlan.names(plan.signals()));
    }
    if (!plan.tree().ignored().isEmpty()) {
      console.say(
          "note: "
              + plan.tree().ignored().size()
              + " paths left out, for they are no files of a table or still being written; the first: "
              + plan.tree().ignored().get(0));
    }
  }

  private int execute(ReplayJob job, ReplayPlan plan, int splits) {
    long start = System.nanoTime();
    ReplayTotals totals;
    try {
      totals =
          job.run(
              console,
              current -> console.progress(Summary.progress(plan, splits, current, since(start))));
    } catch (Exception e) {
      if (verbose) {
        console.trace(e);
      }
      console.say("the job failed: " + Failure.sentence(e));
      return OtapReplay.FAILED;
    }
    totals = totals.withOrphans(plan.withoutRoots());
    console.say(Summary.of(plan, totals, since(start)));
    if (!totals.orphans().isEmpty()) {
      console.say(
          "warning: orphans are rows whose parents are in no file; they are left out, because the"
              + " records they belong to were never published");
    }
    if (!plan.young().isEmpty()) {
      console.say(
          "warning: "
              + plan.young().size()
              + " files were skipped because they changed less than source.min-file-age ago; one of"
              + " them: "
              + plan.young().iterator().next().path());
      return OtapReplay.SKIPPED;
    }
    return OtapReplay.DONE;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
