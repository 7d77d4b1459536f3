/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.export.EngineExporter;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are removed while a file of spans is still to come, whose ids lie among those of logs. */
class RemovedChildrenTest {

  private static final Storage STORAGE = new LocalStorage();
  private static final FollowRules RULES =
      new FollowRules(
          1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(10));

  @TempDir Path folder;

  private final List<OtapException> withoutChildren = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final OtlpRecords sent = new OtlpRecords(ComparisonProfile.PARQUET);
  private final OtlpRecords read = new OtlpRecords(ComparisonProfile.PARQUET);
  private EngineExporter exporter;
  private Path tree;
  private SeenFiles seen;

  @BeforeEach
  void tree() {
    tree = folder.resolve("tree");
    exporter = new EngineExporter(tree, new Random(1), 1, false);
    seen = new SeenFiles();
  }

  @Test
  void childrenOfSpansThatAreStillToComeKeepWhatThoseNeed() throws IOException {
    send(spans(3, text("span", "a")));
    logs(20);
    exporter.finish();
    hide("spans");
    FollowedTree followed = follow();
    read(followed, 0);
    remove(followed, 100);
    assertThat(removed).isEmpty();
    show("spans");
    send(spans(3, text("span", "b")));
    exporter.finish();
    read(followed, 200);
    assertThat(withoutChildren).isEmpty();
    OtlpComparison comparison = OtlpComparison.of(sent, read);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    remove(followed, 300);
    assertThat(removed).anyMatch(path -> path.contains("/resource_attrs/"));
  }

  @Test
  void spansWhoseResourcesWereRemovedAreLeftOutAndNamed() throws IOException {
    send(spans(3));
    logs(20);
    exporter.finish();
    hide("spans");
    FollowedTree followed = follow();
    read(followed, 0);
    remove(followed, 100);
    assertThat(removed).anyMatch(path -> path.contains("/resource_attrs/"));
    show("spans");
    FollowedTree restarted = follow();
    for (FollowedTree each : List.of(followed, restarted)) {
      withoutChildren.clear();
      read(each, 200);
      assertThat(withoutChildren)
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION);
                assertThat(problem.place().file()).contains("/spans/");
                assertThat(problem).hasMessageContaining("source.after-read-delay");
              });
      assertThat(each.counts().waitingRoots()).isZero();
      assertThat(each.counts().unreadableFiles()).isOne();
    }
  }

  @Test
  void spansBehindWhatWasRemovedAreRead() throws IOException {
    logs(20);
    exporter.finish();
    FollowedTree followed = follow();
    read(followed, 0);
    remove(followed, 100);
    assertThat(removed).anyMatch(path -> path.contains("/resource_attrs/"));
    send(spans(3));
    exporter.finish();
    read(followed, 200);
    assertThat(withoutChildren).isEmpty();
    OtlpComparison comparison = OtlpComparison.of(sent, read);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  @Test
  void nothingIsRemovedOfWhichARunThatBeginsWouldNotKnow() throws IOException {
    logs(20);
    exporter.finish();
    FollowedTree followed = follow();
    read(followed, 0);
    Map<String, Long> before = Map.copyOf(seen.removed());
    followed.remove(path -> false, before, removed::add, 100);
    assertThat(removed).isEmpty();
    followed.takeChanges().forEach(change -> change.applyTo(seen));
    Map<String, Long> recorded = Map.copyOf(seen.removed());
    assertThat(recorded).isNotEqualTo(before);
    followed.remove(path -> false, recorded, removed::add, 100);
    assertThat(removed).isNotEmpty();
  }

  @Test
  void aPartitionThatIsGoneIsForgotten() throws IOException {
    logs(20);
    exporter.finish();
    FollowedTree followed = follow();
    read(followed, 0);
    remove(followed, 100);
    assertThat(seen.removed()).hasSize(1);
    hide("");
    Files.createDirectories(tree);
    followed.discover(200);
    followed.discover(299);
    followed.takeChanges().forEach(change -> change.applyTo(seen));
    assertThat(seen.removed()).hasSize(1);
    followed.discover(300);
    followed.takeChanges().forEach(change -> change.applyTo(seen));
    assertThat(seen.removed()).isEmpty();
  }

  private void read(FollowedTree followed, long now) throws IOException {
    followed.discover(now);
    for (SplitPlan plan : followed.release(1_000, now)) {
      try (SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          read.add(batch);
        }
      }
    }
    followed.takeChanges().forEach(change -> change.applyTo(seen));
  }

  /** As when all is read, and each step is in a checkpoint. */
  private void remove(FollowedTree followed, long now) throws IOException {
    for (int step = 0; step < 2; step++) {
      followed.remove(
          path -> false,
          Map.copyOf(seen.removed()),
          path -> {
            Files.delete(Path.of(path));
            removed.add(path);
          },
          now);
      followed.takeChanges().forEach(change -> change.applyTo(seen));
    }
  }

  private void hide(String table) throws IOException {
    Files.move(tree.resolve(table), folder.resolve("hidden"));
  }

  private void show(String table) throws IOException {
    Files.move(folder.resolve("hidden"), tree.resolve(table));
  }

  private FollowedTree follow() {
    return new FollowedTree(
        STORAGE,
        tree.toString(),
        new RootChoice(Set.of(), IdRange.ALL, List.of(), List.of(), false),
        RULES,
        Long.MAX_VALUE / 2,
        ReadOptions.DEFAULT,
        new FollowedTree.Problems() {

          @Override
          public void unreadable(OtapException problem) throws OtapException {
            throw problem;
          }

          @Override
          public boolean late(OtapException problem) throws OtapException {
            throw problem;
          }

          @Override
          public void withoutChildren(OtapException problem) {
            withoutChildren.add(problem);
          }
        },
        seen.copy(),
        false);
  }

  private void send(ExportTraceServiceRequest request) throws IOException {
    exporter.export(request);
    sent.add(request);
  }

  private void logs(int requests) throws IOException {
    for (int i = 0; i < requests; i++) {
      ExportLogsServiceRequest request =
          ExportLogsServiceRequest.newBuilder()
              .addResourceLogs(
                  ResourceLogs.newBuilder()
                      .setResource(resource())
                      .addScopeLogs(
                          ScopeLogs.newBuilder()
                              .addLogRecords(
                                  LogRecord.newBuilder()
                                      .setTimeUnixNano(1_790_000_000_000_000_000L + i)
                                      .addAttributes(text("log", "" + i)))))
              .build();
      exporter.export(request);
      sent.add(request);
    }
  }

  private static ExportTraceServiceRequest spans(int count, KeyValue... attributes) {
    ScopeSpans.Builder spans = ScopeSpans.newBuilder();
    for (int i = 0; i < count; i++) {
      spans.addSpans(
          Span.newBuilder()
              .setName("span " + i)
              .setStartTimeUnixNano(1_790_000_000_000_000_000L + i)
              .setEndTimeUnixNano(1_790_000_000_000_000_001L + i)
              .addAllAttributes(List.of(attributes)));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(spans))
        .build();
  }

  private static Resource resource() {
    return Resource.newBuilder().addAttributes(text("service.name", "a")).build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
