/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.Signal;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try")
class PartCollectorTest {

  @Test
  void nothingLeavesBeforeTheEnd() throws Exception {
    try (Harness harness = new Harness(null)) {
      harness.written(1, 0, "b");
      harness.written(1, 1, "c");
      harness.written(2, 0, "a");
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.endInput();
      assertThat(harness.extractOutputValues())
          .first()
          .isEqualTo(new CommittableSummary<OtlpFileCommittable>(0, 1, 2, 1, 0));
      assertThat(harness.collected()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void whatWasCollectedBeforeACheckpointIsRestored() throws Exception {
    OperatorSubtaskState snapshot;
    try (Harness harness = new Harness(null)) {
      harness.written(1, 0, "a");
      snapshot = harness.snapshot(1, 0);
      harness.written(2, 0, "lost");
    }
    try (Harness harness = new Harness(snapshot)) {
      harness.written(2, 0, "b");
      harness.endInput();
      assertThat(harness.collected()).containsExactly("a", "b");
    }
  }

  @Test
  void anEndWithoutPartsIsAnEndToo() throws Exception {
    try (Harness harness = new Harness(null)) {
      harness.processElement(new StreamRecord<>(new CommittableSummary<>(0, 1, 1, 0, 0)));
      harness.endInput();
      assertThat(harness.collected()).isEmpty();
      assertThat(harness.extractOutputValues()).hasSize(2);
    }
  }

  private static final class Harness
      extends OneInputStreamOperatorTestHarness<
          CommittableMessage<OtlpFileCommittable>, CommittableMessage<OtlpFileCommittable>> {

    Harness(OperatorSubtaskState snapshot) throws Exception {
      super(new PartCollector());
      setup();
      if (snapshot != null) {
        initializeState(snapshot);
      }
      open();
    }

    void written(long checkpoint, int subtask, String... paths) throws Exception {
      List<PartFile> parts =
          Arrays.stream(paths)
              .map(path -> new PartFile(Signal.LOGS, path, 1, 1, new byte[0]))
              .toList();
      processElement(new StreamRecord<>(new CommittableSummary<>(subtask, 2, checkpoint, 1, 0)));
      processElement(
          new StreamRecord<>(
              new CommittableWithLineage<>(new OtlpFileCommittable(parts), checkpoint, subtask)));
    }

    List<String> collected() {
      return extractOutputValues().stream()
          .filter(CommittableWithLineage.class::isInstance)
          .flatMap(
              m ->
                  ((CommittableWithLineage<OtlpFileCommittable>) m)
                      .getCommittable().parts().stream().map(PartFile::path))
          .toList();
    }
  }
}
