/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import io.otap.core.batch.OtapBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The operators of a rolling sink, all subtasks of an attempt, driven step by step. */
final class SinkAttempt implements AutoCloseable {

  private static final int MAX_PARALLELISM = 128;

  /**
   * A checkpoint.
   *
   * @param position batches that it has seen
   */
  record Snapshot(
      long id,
      int position,
      int parallelism,
      OperatorSubtaskState writers,
      OperatorSubtaskState names,
      OperatorSubtaskState committers) {}

  private final int parallelism;
  private final List<OneInputStreamOperatorTestHarness<OtapBatch, CommittableMessage<RolledOutput>>>
      writers = new ArrayList<>();
  private final List<
          OneInputStreamOperatorTestHarness<
              CommittableMessage<RolledOutput>, CommittableMessage<Publication>>>
      names = new ArrayList<>();
  private final List<
          OneInputStreamOperatorTestHarness<
              CommittableMessage<Publication>, CommittableMessage<Publication>>>
      committers = new ArrayList<>();
  private int position;

  /**
   * @param from what to restore, or null
   */
  @SuppressWarnings("unchecked")
  SinkAttempt(
      Sink<OtapBatch> sink,
      Path target,
      String run,
      int recoverable,
      int parallelism,
      long now,
      Snapshot from)
      throws Exception {
    this.parallelism = parallelism;
    this.position = from == null ? 0 : from.position();
    try {
      for (int i = 0; i < parallelism; i++) {
        var committer =
            new OneInputStreamOperatorTestHarness<
                CommittableMessage<Publication>, CommittableMessage<Publication>>(
                new CommitterOperatorFactory<>((SupportsCommitter<Publication>) sink, false, true),
                MAX_PARALLELISM,
                parallelism,
                i);
        committers.add(committer);
        open(committer, from, from == null ? null : from.committers(), i, now);
        var name =
            new OneInputStreamOperatorTestHarness<
                CommittableMessage<RolledOutput>, CommittableMessage<Publication>>(
                new PublicationOperator(target, run, recoverable), MAX_PARALLELISM, parallelism, i);
        names.add(name);
        open(name, from, from == null ? null : from.names(), i, now);
        var writer =
            new OneInputStreamOperatorTestHarness<OtapBatch, CommittableMessage<RolledOutput>>(
                new SinkWriterOperatorFactory<>(sink), MAX_PARALLELISM, parallelism, i);
        writers.add(writer);
        open(writer, from, from == null ? null : from.writers(), i, now);
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private void open(
      AbstractStreamOperatorTestHarness<?> harness,
      Snapshot from,
      OperatorSubtaskState state,
      int subtask,
      long now)
      throws Exception {
    harness.setProcessingTime(now);
    harness.setup();
    if (from != null) {
      harness.setRestoredCheckpointId(from.id());
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, from.parallelism(), parallelism, subtask));
    } else {
      harness.initializeEmptyState();
    }
    harness.open();
  }

  int position() {
    return position;
  }

  void time(long now) throws Exception {
    for (var writer : writers) {
      writer.setProcessingTime(now);
    }
  }

  /** A batch goes to some writer. */
  void write(OtapBatch batch, Random random) throws Exception {
    writers.get(random.nextInt(parallelism)).processElement(new StreamRecord<>(batch));
    position++;
  }

  /** A barrier passes through all operators; the checkpoint has not succeeded yet. */
  Snapshot checkpoint(long id) throws Exception {
    List<OperatorSubtaskState> written = new ArrayList<>();
    List<OperatorSubtaskState> named = new ArrayList<>();
    List<OperatorSubtaskState> committed = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      writers.get(i).prepareSnapshotPreBarrier(id);
      written.add(writers.get(i).snapshot(id, id));
      pass(i);
      names.get(i).prepareSnapshotPreBarrier(id);
      named.add(names.get(i).snapshot(id, id));
      pass(i);
      committed.add(committers.get(i).snapshot(id, id));
    }
    return new Snapshot(
        id, position, parallelism, packed(written), packed(named), packed(committed));
  }

  /** The checkpoint succeeded. */
  void complete(long id) throws Exception {
    for (int i = 0; i < parallelism; i++) {
      names.get(i).notifyOfCompletedCheckpoint(id);
      committers.get(i).notifyOfCompletedCheckpoint(id);
    }
  }

  void endInput() throws Exception {
    for (int i = 0; i < parallelism; i++) {
      writers.get(i).endInput();
      pass(i);
      names.get(i).endInput();
      pass(i);
      committers.get(i).endInput();
    }
  }

  private void pass(int i) throws Exception {
    for (var message : writers.get(i).extractOutputValues()) {
      names.get(i).processElement(new StreamRecord<>(message));
    }
    writers.get(i).getOutput().clear();
    for (var message : names.get(i).extractOutputValues()) {
      committers.get(i).processElement(new StreamRecord<>(message));
    }
    names.get(i).getOutput().clear();
  }

  private static OperatorSubtaskState packed(List<OperatorSubtaskState> states) throws Exception {
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  @Override
  public void close() throws Exception {
    for (var writer : writers) {
      writer.close();
    }
    for (var name : names) {
      name.close();
    }
    for (var committer : committers) {
      committer.close();
    }
  }
}
