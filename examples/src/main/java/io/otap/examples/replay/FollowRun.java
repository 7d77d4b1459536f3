/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.examples.command.Console;
import io.otap.examples.command.Failure;
import io.otap.examples.command.Folder;
import io.otap.examples.command.Refusal;
import io.otap.examples.command.StopSignal;
import io.otap.examples.resume.Checkpoint;
import io.otap.examples.resume.EarlierOutput;
import io.otap.examples.resume.Resumption;
import io.otap.examples.resume.RunFolder;
import io.otap.examples.resume.RunRecord;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.sink.rolling.CommittedOutput;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.SourceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;

/** Checks what is to be followed, goes on where the last process ended, and follows. */
final class FollowRun {

  /** Options of the source that say which files are read; a run keeps them. */
  private static final List<ConfigOption<?>> CHOICE =
      List.of(
          OtapSourceOptions.START_FROM,
          OtapSourceOptions.TIME_RANGE,
          OtapSourceOptions.INCLUDE,
          OtapSourceOptions.EXCLUDE);

  private final ReplaySettings settings;
  private final boolean verbose;
  private final Console console;
  private final StopSignal signal;

  FollowRun(ReplaySettings settings, boolean verbose, Console console, StopSignal signal) {
    this.settings = settings;
    this.verbose = verbose;
    this.console = console;
    this.signal = signal;
  }

  /**
   * Returns the exit code, when it was stopped or has failed.
   *
   * @throws IOException if it cannot work; nothing was started then
   */
  int run() throws IOException {
    Configuration options = Configuration.fromMap(settings.options());
    options.set(OtapSourceOptions.CONTINUOUS, true);
    Assembly assembly = SourceSettings.of(options).assembly();
    settings.target().checkOptions(options);
    options.set(OtapSourceOptions.ASSEMBLY, assembly == null ? Assembly.KEYED : assembly);
    String from = Folder.of(settings.from());
    Path tree = new Path(from);
    if (!tree.getFileSystem().exists(tree)) {
      throw Refusal.because("there is no folder " + from);
    }
    Map<String, String> state = state(options, from);
    try (RunFolder folder = RunFolder.lock(settings.following().checkpoints())) {
      RunRecord record = RunRecord.load(folder);
      if (record == null) {
        requireNew(folder);
        record = RunRecord.begin(state);
        record.store(folder);
      } else {
        record.requireSame(state, folder.path());
      }
      Resumption resumption = Resumption.prepare(folder, output(record.run()));
      folder.checkpoints().prune(FollowJob.RETAINED);
      tell(resumption, from, record.run());
      return follow(
          new FollowJob(settings, options, from, record.run()), folder, resumption.from());
    }
  }

  /** What the state of a run is only right for, by the names that the user knows. */
  private Map<String, String> state(Configuration options, String from) {
    Map<String, String> state = new TreeMap<>();
    state.put("--from", from);
    state.put("--signals", ReplayPlan.names(settings.signals()));
    settings.target().identity().forEach(state::put);
    state.put(
        OtapSourceOptions.ASSEMBLY.key(),
        options.get(OtapSourceOptions.ASSEMBLY).toString().toLowerCase(Locale.ROOT));
    for (ConfigOption<?> option : CHOICE) {
      String value = settings.options().get(option.key());
      if (value != null) {
        state.put(option.key(), value);
      }
    }
    return state;
  }

  /** A run begins with nothing in its target that it would write again. */
  private void requireNew(RunFolder folder) throws IOException {
    if (!folder.checkpoints().list().isEmpty()) {
      throw Refusal.because(
          folder.path() + " has checkpoints of something else; give another --checkpoint-dir");
    }
    String target = settings.target().folder();
    if (target == null) {
      return;
    }
    if (!target.contains("://")) {
      java.nio.file.Path out = java.nio.file.Path.of(target);
      if (out.startsWith(folder.path()) || folder.path().startsWith(out)) {
        throw Refusal.because(
            "--checkpoint-dir and the target must not lie in each other: "
                + folder.path()
                + ", "
                + target);
      }
    }
    OtapParquetSink.checkTarget(new Path(target));
  }

  private EarlierOutput output(String run) throws IOException {
    if (settings.target() instanceof Target.Grpc) {
      return EarlierOutput.SENT;
    }
    String target = settings.target().folder();
    if (target == null) {
      return EarlierOutput.NONE;
    }
    CommittedOutput committed = new CommittedOutput(new Path(target), run);
    return checkpoint -> committed.supersede(checkpoint).stream().map(Path::toString).toList();
  }

  private void tell(Resumption resumption, String from, String run) {
    settings.notes().forEach(note -> console.say("note: " + note));
    resumption.unreadable().forEach(sentence -> console.say("warning: " + sentence));
    if (!resumption.superseded().isEmpty()) {
      console.say(
          "warning: "
              + resumption.superseded().size()
              + " files of later checkpoints were moved aside, for they are written again:");
      resumption.superseded().forEach(file -> console.say("  " + file));
    }
    if (!resumption.unreadable().isEmpty() && settings.target() instanceof Target.Print) {
      console.say("note: some of what was printed comes again");
    }
    console.say(
        "following "
            + from
            + (resumption.from() == null ? "" : " from " + resumption.from() + " on")
            + ", run "
            + run
            + "; Ctrl-C ends it");
  }

  private int follow(FollowJob job, RunFolder folder, Checkpoint resume) throws IOException {
    long start = System.nanoTime();
    AtomicBoolean stopped = new AtomicBoolean();
    try {
      JobClient client = job.start(resume);
      signal.call(
          () -> {
            stopped.set(true);
            client.cancel();
          });
      JobWatch.await(
          client,
          console.showsProgress(),
          totals ->
              console.progress(
                  Summary.following(
                      totals, newest(folder), Duration.ofNanos(System.nanoTime() - start))));
    } catch (Exception e) {
      if (!stopped.get()) {
        if (verbose) {
          console.trace(e);
        }
        console.say("the job failed: " + Failure.sentence(e));
        console.say(goOn("; when that is mended, the same command goes on from there", folder));
        return OtapReplay.FAILED;
      }
    }
    console.say("stopped; " + goOn("; the same command goes on from there", folder));
    return OtapReplay.DONE;
  }

  private static String goOn(String how, RunFolder folder) {
    Checkpoint newest = newest(folder);
    return newest == null
        ? "there is no checkpoint yet, so that the same command begins anew"
        : newest + " is kept in " + folder.path() + how;
  }

  private static Checkpoint newest(RunFolder folder) {
    try {
      return folder.checkpoints().list().stream().findFirst().orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
