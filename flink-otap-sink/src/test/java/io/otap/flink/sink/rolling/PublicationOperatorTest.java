/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try")
class PublicationOperatorTest {

  private static final Path TARGET = new Path("file:/data");

  @Test
  void namesCarryTheCheckpoint() throws Exception {
    try (Harness harness = new Harness(2, null)) {
      harness.rolled(7, "old-part");
      List<Publication> publications = harness.checkpoint(7);
      assertThat(publications).hasSize(1);
      Publication publication = publications.get(0);
      assertThat(publication.files())
          .extracting(file -> new Path(file.path()).getName())
          .containsExactly("a.run.0.7.0.x", "b.run.0.7.1.x");
      assertThat(publication.files().get(1).path()).startsWith("file:/data/below/");
      assertThat(publication.marker()).startsWith("file:/data/.staging-run-0/");
      assertThat(publication.obsolete()).isEmpty();
    }
  }

  @Test
  void spentFilesGoWhenSoManyCheckpointsHaveSucceeded() throws Exception {
    try (Harness harness = new Harness(2, null)) {
      harness.rolled(5, "spent");
      String marker = harness.checkpoint(5).get(0).marker();
      harness.notifyOfCompletedCheckpoint(5);
      assertThat(harness.checkpoint(6)).isEmpty();
      assertThat(harness.checkpoint(7)).isEmpty();
      harness.notifyOfCompletedCheckpoint(7);
      assertThat(harness.checkpoint(8))
          .containsExactly(new Publication("", List.of(), List.of("spent", marker)));
      harness.notifyOfCompletedCheckpoint(8);
      assertThat(harness.checkpoint(9)).isEmpty();
    }
  }

  @Test
  void checkpointsFromBeforeDoNotCount() throws Exception {
    try (Harness harness = new Harness(1, null)) {
      harness.rolled(5, "spent");
      harness.checkpoint(5);
      harness.notifyOfCompletedCheckpoint(4);
      assertThat(harness.checkpoint(6)).isEmpty();
    }
  }

  @Test
  void spentFilesAreRestored() throws Exception {
    OperatorSubtaskState snapshot;
    try (Harness harness = new Harness(1, null)) {
      harness.rolled(5, "spent");
      harness.checkpoint(5);
      snapshot = harness.snapshot(5, 0);
    }
    try (Harness harness = new Harness(1, snapshot)) {
      assertThat(harness.checkpoint(6)).isEmpty();
      harness.notifyOfCompletedCheckpoint(6);
      assertThat(harness.checkpoint(7).get(0).obsolete()).contains("spent").hasSize(2);
    }
  }

  @Test
  void everythingGoesAtTheEnd() throws Exception {
    try (Harness harness = new Harness(9, null)) {
      harness.rolled(1, "first");
      String marker = harness.checkpoint(1).get(0).marker();
      harness.rolled(2, "second");
      harness.endInput();
      List<Publication> last = harness.taken();
      assertThat(last).hasSize(2);
      assertThat(last.get(0).files()).hasSize(2);
      assertThat(last.get(1).obsolete())
          .containsExactly(
              "first", marker, "second", last.get(0).marker(), "file:/data/.staging-run-0");
      assertThat(harness.checkpoint(3)).isEmpty();
    }
  }

  private static final class Harness
      extends OneInputStreamOperatorTestHarness<
          CommittableMessage<RolledOutput>, CommittableMessage<Publication>> {

    Harness(int recoverable, OperatorSubtaskState snapshot) throws Exception {
      super(new PublicationOperator(TARGET, "run", recoverable));
      setup();
      if (snapshot != null) {
        initializeState(snapshot);
      }
      open();
    }

    void rolled(long checkpoint, String spent) throws Exception {
      List<StagedPart> parts = List.of(new StagedPart("p", 1));
      RolledOutput output =
          new RolledOutput(
              List.of(
                  new RolledFile("", "a", ".x", parts, true),
                  new RolledFile("below", "b", ".x", parts, false)),
              List.of(spent));
      processElement(new StreamRecord<>(new CommittableSummary<>(0, 1, checkpoint, 1, 0)));
      processElement(new StreamRecord<>(new CommittableWithLineage<>(output, checkpoint, 0)));
    }

    List<Publication> checkpoint(long id) throws Exception {
      prepareSnapshotPreBarrier(id);
      return taken();
    }

    /** What came out since; the summaries are right. */
    List<Publication> taken() {
      List<Publication> publications = new ArrayList<>();
      int announced = 0;
      for (CommittableMessage<Publication> message : extractOutputValues()) {
        if (message instanceof CommittableWithLineage<Publication> publication) {
          publications.add(publication.getCommittable());
        } else {
          announced += ((CommittableSummary<Publication>) message).getNumberOfCommittables();
        }
      }
      assertThat(announced).isEqualTo(publications.size());
      getOutput().clear();
      return publications;
    }
  }
}
