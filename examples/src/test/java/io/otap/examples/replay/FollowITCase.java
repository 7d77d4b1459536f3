/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.follow.Publication;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.LocalStorage;
import io.otap.examples.command.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following, from the command line on: stopped, started again, and set back. */
class FollowITCase {

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void whatIsStoppedGoesOn() throws Exception {
    Publication publication = publication("logs-file-per-batch");
    Started first = start("otlp-file:");
    publish(publication, 20);
    first.await(() -> !committed().isEmpty());
    Run refused = run(stop -> {}, "otlp-file:");
    assertThat(refused.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(refused.sentence()).startsWith("another process keeps its checkpoints in ");
    assertThat(first.stop().err())
        .contains("; Ctrl-C ends it")
        .containsPattern(
            "stopped; checkpoint \\d+ is kept in .*; the same command goes on from there\n$");

    Run other = run(stop -> {}, "otlp-file:", "--signals", "logs");
    assertThat(other.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(other.sentence()).contains("a run with no --signals, not --signals logs;");

    publish(publication, Integer.MAX_VALUE);
    Started second = start("otlp-file:", "--parallelism", "3");
    second.await(() -> count() >= count(expected("logs-file-per-batch")));
    assertThat(second.stop().err()).contains(" from checkpoint ");
    assertEqual("logs-file-per-batch");
    assertThat(out().resolve("superseded")).doesNotExist();
  }

  @Test
  void anOlderCheckpointTakesLaterOutputBack() throws Exception {
    Publication publication = publication("mixed");
    Started first = start("otlp-file:");
    publish(publication, 12);
    first.await(() -> newest() > 2);
    publish(publication, Integer.MAX_VALUE);
    first.await(() -> count() >= count(expected("mixed")));
    long complete = newest();
    first.await(() -> newest() > complete);
    first.stop();
    List<Path> checkpoints = checkpoints();
    assertThat(checkpoints).hasSize(FollowJob.RETAINED);
    Path newest = checkpoints.get(checkpoints.size() - 1);
    Files.write(newest.resolve("_metadata"), new byte[] {1, 2, 3});
    String name = committed().get(0).getFileName().toString();
    String[] parts = name.split("\\.");
    parts[3] = newest.getFileName().toString().substring("chk-".length());
    Path later = Files.copy(committed().get(0), out().resolve(String.join(".", parts)));

    Started second = start("otlp-file:");
    second.await(() -> newest() > complete + 2);
    Run run = second.stop();
    assertThat(run.err())
        .contains("warning: checkpoint " + parts[3] + " cannot be read: ")
        .contains("superseded/" + later.getFileName());
    assertThat(later).doesNotExist();
    assertThat(out().resolve("superseded").resolve(later.getFileName())).exists();
    assertEqual("mixed");
  }

  @Test
  void treesAreFollowedIntoTrees() throws Exception {
    Publication publication = publication("logs-file-per-batch");
    Started first = start("parquet:", "--partition-by", "date");
    publish(publication, 25);
    first.await(() -> newest() > 0 && !trees().isEmpty());
    first.stop();
    publish(publication, Integer.MAX_VALUE);
    Started second = start("parquet:", "--partition-by", "date");
    second.await(() -> written() >= count(expected("logs-file-per-batch")));
    second.stop();
    OtlpRecords records = new OtlpRecords(ComparisonProfile.PARQUET);
    for (Path tree : trees()) {
      Path copy = folder.resolve("copy-" + tree.getFileName());
      Run run = Run.of("--from", tree.toString(), "--to", "otlp-file:" + copy);
      assertThat(run.code()).as(run.err()).isEqualTo(OtapReplay.DONE);
      records.addFolder(copy);
    }
    OtlpComparison comparison = OtlpComparison.of(expected("logs-file-per-batch"), records);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  @Test
  void itGoesOnWithoutFilesToo() throws Exception {
    publish(publication("logs-small"), Integer.MAX_VALUE);
    Started first = start("null:");
    first.await(() -> newest() > 2);
    first.stop();
    long before = newest();
    Started second = start("null:");
    second.await(() -> newest() > before + 2);
    assertThat(second.stop().err()).contains(" from checkpoint " + before + " on, run ");
  }

  @Test
  void atTheRateThatWasAskedFor() throws Exception {
    publish(publication("logs-small"), Integer.MAX_VALUE);
    Started run = start("otlp-file:", "--rate", "100/s", "--option", "batch-size=10");
    run.await(() -> count() >= 50);
    assertThat(count()).isLessThan(200);
    run.await(() -> count() >= 200);
    run.stop();
    assertEqual("logs-small");
  }

  private Publication publication(String set) throws IOException {
    return new Publication(TestData.parquet(set), tree(), new Random(5), false);
  }

  private static void publish(Publication publication, int files) throws IOException {
    for (int n = 0; n < files && !publication.isComplete(); n++) {
      publication.next();
    }
  }

  /** A run in a thread of its own. */
  private final class Started {

    private final AtomicReference<Runnable> stop = new AtomicReference<>();
    private final CompletableFuture<Run> run;

    Started(String target, String... more) {
      run = CompletableFuture.supplyAsync(() -> run(stop::set, target, more));
    }

    void await(BooleanSupplier condition) throws Exception {
      long deadline = System.nanoTime() + DEADLINE.toNanos();
      while (!condition.getAsBoolean()) {
        assertThat(run).as(() -> run.join().err()).isNotDone();
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(20_000_000);
      }
    }

    Run stop() throws Exception {
      await(() -> stop.get() != null);
      stop.get().run();
      Run result = run.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      assertThat(result.code()).as(result.err()).isEqualTo(OtapReplay.DONE);
      return result;
    }
  }

  private Started start(String target, String... more) {
    return new Started(target, more);
  }

  private Run run(StopSignal signal, String target, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--follow",
                "--from",
                tree().toString(),
                "--to",
                target.equals("null:") ? target : target + out(),
                "--checkpoint-dir",
                folder.resolve("checkpoints").toString(),
                "--checkpoint-interval",
                "100ms",
                "--roll-age",
                "0s",
                "--option",
                "discovery-interval=50 ms"));
    arguments.addAll(List.of(more));
    return Run.until(signal, arguments.toArray(String[]::new));
  }

  private Path tree() {
    return folder.resolve("tree");
  }

  private Path out() {
    return folder.resolve("out");
  }

  private List<Path> committed() {
    try {
      if (!Files.isDirectory(out())) {
        return List.of();
      }
      try (Stream<Path> files = Files.list(out())) {
        return files.filter(file -> file.toString().endsWith(".binpb")).sorted().toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Folders of completed checkpoints, oldest first. */
  private List<Path> checkpoints() {
    try (Stream<Path> files = Files.walk(folder.resolve("checkpoints"), 3)) {
      return files
          .filter(file -> file.getFileName().toString().equals("_metadata"))
          .map(Path::getParent)
          .sorted(Comparator.comparingLong(FollowITCase::id))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private long newest() {
    return checkpoints().stream().mapToLong(FollowITCase::id).max().orElse(0);
  }

  private static long id(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  private long count() {
    try {
      return Files.isDirectory(out()) ? count(records(out())) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trees by date. */
  private List<Path> trees() {
    try (Stream<Path> folders = Files.isDirectory(out()) ? Files.list(out()) : Stream.empty()) {
      return folders.filter(f -> f.getFileName().toString().startsWith("date=")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows in published files of logs. */
  private long written() {
    long rows = 0;
    for (Path tree : trees()) {
      try {
        rows +=
            OtapTree.list(new LocalStorage(), tree.toString()).files().stream()
                .filter(file -> file.table().isRoot())
                .mapToLong(DataFile::rows)
                .sum();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }

  private static OtlpRecords expected(String set) {
    try {
      return records(TestData.expected(set));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OtlpRecords records(Path folder) throws IOException {
    return new OtlpRecords(ComparisonProfile.PARQUET).addFolder(folder);
  }

  private static long count(OtlpRecords records) {
    return Stream.of(Signal.values()).mapToLong(records::count).sum();
  }

  private void assertEqual(String set) throws IOException {
    OtlpComparison comparison = OtlpComparison.of(expected(set), records(out()));
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }
}
