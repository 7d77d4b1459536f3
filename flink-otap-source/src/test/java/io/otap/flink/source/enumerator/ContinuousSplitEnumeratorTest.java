/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.follow.SeenFiles;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.flink.source.SourceSettings;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.SplitsFinished;
import io.otap.flink.source.split.SplitsHeld;
import io.otap.flink.source.storage.FailingStorage;
import io.otap.flink.source.storage.FlinkStorage;
import io.otap.flink.source.storage.RetryingStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuousSplitEnumeratorTest {

  private static final String BY_BATCH = "logs-file-per-batch";

  private final Map<String, String> options = new HashMap<>();
  private final FailingStorage storage = new FailingStorage();
  private MockSplitEnumeratorContext<OtapSplit> context;

  @TempDir Path tree;
  @TempDir Path elsewhere;

  @BeforeEach
  void open() {
    options.put("source.continuous", "true");
    options.put("source.late-children-timeout", "0 s");
    options.put("source.max-pending-splits", "1000");
    options.put("source.retry.max-attempts", "1");
    newContext();
  }

  @AfterEach
  void close() throws Exception {
    context.close();
  }

  @Test
  void splitsWaitUpToTheCapAndMoreFollowWithoutAListing() throws Throwable {
    copy(BY_BATCH, file -> true);
    int roots = roots().size();
    options.put("source.max-pending-splits", "2");
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    list();
    assertThat(roots).isGreaterThan(8);
    assertThat(enumerator.snapshotState(1).unassigned()).hasSize(4);
    enumerator.handleSplitRequest(0, "host");
    enumerator.handleSplitRequest(1, "host");
    assertThat(context.getOneTimeCallables()).isEmpty();
    enumerator.handleSplitRequest(0, "host");
    assertThat(context.getOneTimeCallables()).hasSize(1);
    context.runNextOneTimeCallable();
    assertThat(enumerator.snapshotState(2).unassigned()).hasSize(4);
    for (int n = 3; n < roots; n++) {
      enumerator.handleSplitRequest(n % 2, "host");
      while (!context.getOneTimeCallables().isEmpty()) {
        context.runNextOneTimeCallable();
      }
    }
    assertThat(assigned()).hasSize(roots).doesNotHaveDuplicates();
    assertThat(enumerator.snapshotState(3).unassigned()).isEmpty();
  }

  @Test
  void listingsMayFailTenTimesInARowAndTheEleventhFailsTheJob() throws Throwable {
    copy("logs-small", file -> true);
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    storage.failWhen((operation, path) -> true);
    fail(10);
    storage.failWhen((operation, path) -> false);
    list();
    assertThat(enumerator.snapshotState(1).unassigned()).isNotEmpty();
    storage.failWhen((operation, path) -> true);
    fail(10);
    assertThatThrownBy(this::list)
        .hasStackTraceContaining("could not list its trees 11 times in a row")
        .hasRootCauseMessage("connection reset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "skip"})
  void aFileThatTheStorageDoesNotGiveIsJudgedWhenTheListingsAreUsedUp(String onCorrupt)
      throws Throwable {
    copy(BY_BATCH, file -> true);
    List<DataFile> roots = roots();
    String name = roots.get(0).name();
    options.put("source.on-corrupt", onCorrupt);
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    storage.failWhen((operation, path) -> path.endsWith(name));
    fail(10);
    assertThat(enumerator.snapshotState(1).unassigned()).isEmpty();
    if (onCorrupt.equals("fail")) {
      assertThatThrownBy(this::list)
          .hasStackTraceContaining("could not list its trees 11 times in a row")
          .hasStackTraceContaining(name);
      return;
    }
    list();
    storage.failWhen((operation, path) -> false);
    list();
    assertThat(enumerator.snapshotState(2).unassigned())
        .hasSize(roots.size() - 1)
        .noneMatch(split -> split.path().getName().equals(name));
  }

  @Test
  void whatNoLaterListingCanMendFailsAtOnce() throws Throwable {
    copy("unpartitioned", file -> true);
    start(OtapEnumeratorState.initial());
    assertThatThrownBy(this::list)
        .hasStackTraceContaining("The OTAP source cannot go on.")
        .rootCause()
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.PARTITION));
  }

  @Test
  void aRestoredEnumeratorGoesOnWhereTheStateWasTaken() throws Throwable {
    copy(BY_BATCH, file -> true);
    int roots = roots().size();
    options.put("source.max-pending-splits", "3");
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    list();
    for (int n = 0; n < 5; n++) {
      enumerator.handleSplitRequest(n % 2, "host");
    }
    List<String> first = assigned();
    assertThat(first).hasSize(5);
    OtapEnumeratorState state = enumerator.snapshotState(1);
    assertThat(state.inDoubt()).extracting(OtapSplit::splitId).containsAll(first);
    newContext();
    options.put("source.max-pending-splits", "1000");
    ContinuousSplitEnumerator restored =
        start(
            OtapEnumeratorStateSerializer.INSTANCE.deserialize(
                OtapEnumeratorStateSerializer.INSTANCE.getVersion(),
                OtapEnumeratorStateSerializer.INSTANCE.serialize(
                    new OtapEnumeratorState(
                        state.planned(), state.unassigned(), List.of(), state.seen()))));
    list();
    List<String> all = new ArrayList<>(first);
    restored.snapshotState(2).unassigned().forEach(split -> all.add(split.splitId()));
    assertThat(all).hasSize(roots).doesNotHaveDuplicates();
  }

  @Test
  void fromLatestOnlyRootFilesThatAppearAfterTheStartAreRead() throws Throwable {
    copy(BY_BATCH, file -> true);
    DataFile last =
        roots().stream().max(Comparator.comparingLong(r -> r.ids().max())).orElseThrow();
    Path held = elsewhere.resolve("held");
    Path file = path(last);
    Files.move(file, held);
    options.put("source.start-from", "latest");
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    list();
    list();
    assertThat(enumerator.snapshotState(1).unassigned()).isEmpty();
    Files.move(held, file);
    list();
    assertThat(enumerator.snapshotState(2).unassigned())
        .singleElement()
        .satisfies(split -> assertThat(split.plan().root().name()).isEqualTo(last.name()));
  }

  @Test
  void fromATimeOnlyRootFilesWithRecordsOfThatTimeOrLaterAreRead() throws Throwable {
    copy(BY_BATCH, file -> true);
    long time = middle();
    options.put("source.start-from", instant(time));
    assertThat(released())
        .containsExactlyInAnyOrderElementsOf(names(root -> root.times().max() >= time));
  }

  @Test
  void ofATimeRangeTheEndIsNotInIt() throws Throwable {
    copy(BY_BATCH, file -> true);
    long time = middle();
    options.put("source.time-range", "1970-01-01T00:00:00Z/" + instant(time));
    assertThat(released())
        .containsExactlyInAnyOrderElementsOf(names(root -> root.times().min() < time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"source.include", "source.exclude"})
  void globsChooseRootFiles(String option) throws Throwable {
    copy("mixed", file -> true);
    options.put(option, "logs/**");
    boolean include = option.endsWith("include");
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    list();
    assertThat(enumerator.snapshotState(1).unassigned())
        .isNotEmpty()
        .allMatch(split -> (split.plan().signal() == Signal.LOGS) == include)
        .anyMatch(split -> !split.plan().inputs().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "skip", "quarantine:"})
  void aCorruptFileFailsTheJobOrIsLeftOut(String onCorrupt) throws Throwable {
    copy(BY_BATCH, file -> true);
    List<DataFile> roots = roots();
    Files.writeString(path(roots.get(0)), "no Parquet file at all, but long enough to be one");
    boolean noted = onCorrupt.endsWith(":");
    options.put("source.on-corrupt", noted ? onCorrupt + elsewhere.toUri() : onCorrupt);
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    if (onCorrupt.equals("fail")) {
      assertThatThrownBy(this::list).hasStackTraceContaining(roots.get(0).name());
      return;
    }
    list();
    list();
    assertThat(enumerator.snapshotState(1).unassigned()).hasSize(roots.size() - 1);
    try (Stream<Path> notes = Files.list(elsewhere)) {
      List<Path> files = notes.toList();
      assertThat(files).hasSize(noted ? 1 : 0);
      for (Path file : files) {
        assertThat(Files.readString(file, StandardCharsets.UTF_8))
            .contains("\"kind\":\"CORRUPT\"", roots.get(0).name());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "skip"})
  void aRootFileWhoseChildrenMayBeRemovedFailsTheJobOrIsLeftOut(String onCorrupt) throws Throwable {
    copy(BY_BATCH, file -> true);
    List<DataFile> roots = roots();
    long removed = middleId();
    List<DataFile> left = roots.stream().filter(root -> root.ids().min() > removed).toList();
    assertThat(left).isNotEmpty().hasSizeLessThan(roots.size());
    SeenFiles seen = new SeenFiles();
    seen.removed(roots.get(0).partition(), removed);
    options.put("source.on-corrupt", onCorrupt);
    ContinuousSplitEnumerator enumerator =
        start(
            new OtapEnumeratorState(
                true, List.of(), List.of(), Map.of(tree.toUri().toString(), seen)));
    if (onCorrupt.equals("fail")) {
      assertThatThrownBy(this::list)
          .hasStackTraceContaining("The OTAP source cannot go on.")
          .rootCause()
          .isInstanceOfSatisfying(
              OtapException.class,
              problem -> assertThat(problem.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION))
          .hasMessageContaining("source.after-read-delay");
      return;
    }
    list();
    assertThat(enumerator.snapshotState(1).unassigned())
        .extracting(split -> split.plan().root())
        .containsExactlyInAnyOrderElementsOf(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "count"})
  void childrenThatComeTooLateFailTheJobIfAsked(String onLateChildren) throws Throwable {
    copy("traces", file -> !file.toString().contains("/span_attrs/"));
    options.put("source.on-late-children", onLateChildren);
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    list();
    int released = enumerator.snapshotState(1).unassigned().size();
    assertThat(released).isPositive();
    copy("traces", file -> true);
    if (onLateChildren.equals("fail")) {
      assertThatThrownBy(this::list)
          .hasStackTraceContaining("span_attrs")
          .rootCause()
          .isInstanceOfSatisfying(
              OtapException.class,
              e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION));
    } else {
      assertThatCode(this::list).doesNotThrowAnyException();
      assertThat(enumerator.snapshotState(2).unassigned()).hasSize(released);
    }
  }

  @Test
  void lateRowsAreSplitsOfTheirOwnInEveryState() throws Throwable {
    copy("traces", file -> !file.toString().contains("/span_attrs/"));
    options.put("source.on-late-children", "side-output");
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    list();
    OtapEnumeratorState before = enumerator.snapshotState(1);
    copy("traces", file -> true);
    list();
    OtapEnumeratorState behind = enumerator.snapshotState(2);
    List<OtapSplit> late = new ArrayList<>(behind.unassigned());
    late.removeAll(before.unassigned());
    assertThat(late)
        .isNotEmpty()
        .allMatch(split -> split.plan().isLate())
        .allMatch(split -> split.path().toString().contains("/span_attrs/"));
    list();
    assertThat(enumerator.snapshotState(3)).isEqualTo(behind);
    newContext();
    ContinuousSplitEnumerator again = start(before);
    list();
    assertThat(again.snapshotState(1)).isEqualTo(behind);
    newContext();
    ContinuousSplitEnumerator onwards = start(behind);
    list();
    assertThat(onwards.snapshotState(1)).isEqualTo(behind);
  }

  @Test
  void lateFilesStayUntilTheirRowsAreReadAndCovered() throws Throwable {
    copy(BY_BATCH, file -> !file.toString().contains("/log_attrs/"));
    options.put("source.on-late-children", "side-output");
    options.put("source.after-read", "delete");
    options.put("source.after-read-delay", "0 s");
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    enumerator.handleSourceEvent(0, new SplitsHeld(List.of(), Long.MAX_VALUE, true));
    enumerator.handleSourceEvent(1, new SplitsHeld(List.of(), Long.MAX_VALUE, true));
    list();
    enumerator.snapshotState(1);
    finish(enumerator, false);
    enumerator.notifyCheckpointComplete(1);
    // All is read but not covered; then the attributes come, and nobody reads them yet.
    enumerator.snapshotState(2);
    enumerator.notifyCheckpointComplete(2);
    copy(BY_BATCH, file -> file.toString().contains("/log_attrs/"));
    long files = lateFiles();
    list();
    list();
    list();
    assertThat(lateFiles()).isEqualTo(files);
    finish(enumerator, true);
    list();
    assertThat(lateFiles()).isEqualTo(files);
    enumerator.snapshotState(3);
    enumerator.notifyCheckpointComplete(3);
    list();
    list();
    // Checkpoints have to know first what is removed.
    assertThat(lateFiles()).isEqualTo(files);
    enumerator.snapshotState(4);
    enumerator.notifyCheckpointComplete(4);
    list();
    assertThat(lateFiles()).isLessThan(files);
  }

  /** Readers get all splits that wait, and tell that they have read those. */
  private void finish(ContinuousSplitEnumerator enumerator, boolean late) {
    int told = assigned().size();
    int before;
    do {
      before = assigned().size();
      enumerator.handleSplitRequest(0, "host");
    } while (assigned().size() > before);
    List<String> ids = assigned().subList(told, assigned().size());
    assertThat(ids).isNotEmpty().allMatch(id -> id.startsWith("late-") == late);
    enumerator.handleSourceEvent(0, new SplitsFinished(ids, Long.MAX_VALUE));
  }

  private long lateFiles() throws IOException {
    try (Stream<Path> files = Files.walk(tree.resolve("log_attrs"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private void newContext() {
    context = new MockSplitEnumeratorContext<>(2);
    context.registerReader(new ReaderInfo(0, "host"));
    context.registerReader(new ReaderInfo(1, "host"));
  }

  private ContinuousSplitEnumerator start(OtapEnumeratorState state) throws OtapException {
    SourceSettings settings = SourceSettings.of(Configuration.fromMap(options));
    ContinuousSplitEnumerator enumerator =
        new ContinuousSplitEnumerator(
            context,
            new RetryingStorage(storage, settings.retry(), () -> {}),
            List.of(tree.toUri().toString()),
            settings.follow(),
            settings.corrupt(),
            settings.afterRead(),
            true,
            state);
    enumerator.start();
    return enumerator;
  }

  private void list() throws Throwable {
    context.runPeriodicCallable(0);
  }

  private void fail(int times) throws Throwable {
    for (int n = 0; n < times; n++) {
      list();
    }
  }

  /** Names of the root files that a first listing releases. */
  private List<String> released() throws Throwable {
    ContinuousSplitEnumerator enumerator = start(OtapEnumeratorState.initial());
    list();
    return enumerator.snapshotState(1).unassigned().stream()
        .map(split -> split.plan().root().name())
        .toList();
  }

  private List<String> assigned() {
    return context.getSplitsAssignmentSequence().stream()
        .map(SplitsAssignment::assignment)
        .flatMap(byReader -> byReader.values().stream())
        .flatMap(List::stream)
        .map(OtapSplit::splitId)
        .toList();
  }

  private List<DataFile> roots() throws IOException {
    return OtapTree.list(new FlinkStorage(), tree.toUri().toString()).files().stream()
        .filter(file -> file.table().isRoot() && file.rows() > 0)
        .toList();
  }

  private List<String> names(Predicate<DataFile> chosen) throws IOException {
    List<String> names = roots().stream().filter(chosen).map(DataFile::name).toList();
    assertThat(names).isNotEmpty().hasSizeLessThan(roots().size());
    return names;
  }

  /** A time at which some root files end before, and others begin after. */
  private long middle() throws IOException {
    List<Long> ends = roots().stream().map(root -> root.times().max()).sorted().toList();
    return ends.get(ends.size() / 2);
  }

  private long middleId() throws IOException {
    List<Long> ids = roots().stream().map(root -> root.ids().max()).sorted().toList();
    return ids.get(ids.size() / 2);
  }

  private static String instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos).toString();
  }

  private static Path path(DataFile file) {
    return Path.of(file.path().substring(file.path().indexOf('/')));
  }

  private void copy(String set, Predicate<Path> chosen) throws IOException {
    Path from = TestData.parquet(set);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(chosen).toList()) {
        Path to = tree.resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
