/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import io.otap.flink.sink.rolling.Publication.OutputFile;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Stands between a writer and its committer. It gives complete files their names, which carry the
 * checkpoint, and has spent files removed when enough checkpoints have succeeded since.
 *
 * <p>A spent file is needed to go back to a checkpoint before the one with which its rows were
 * published. When {@code recoverable} checkpoints have succeeded from that one on, these are the
 * ones to go back to. Only an operator learns which checkpoints succeed; writers do not. What is to
 * be removed is handed to the committer, so that it happens after everything that needs it.
 */
@Internal
public final class PublicationOperator
    extends AbstractStreamOperator<CommittableMessage<Publication>>
    implements OneInputStreamOperator<
            CommittableMessage<RolledOutput>, CommittableMessage<Publication>>,
        BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<String> SPENT =
      new ListStateDescriptor<>("spent", StringSerializer.INSTANCE);

  /** Files that were published with a checkpoint, and how many succeeded from it on. */
  private static final class Spent {

    final List<String> paths;
    final long checkpoint;
    int succeeded;

    Spent(List<String> paths, long checkpoint) {
      this.paths = paths;
      this.checkpoint = checkpoint;
    }
  }

  private final Path target;
  private final String run;
  private final int recoverable;

  private transient ListState<String> state;
  private transient List<Spent> spent;
  private transient List<RolledOutput> arrived;
  private transient long checkpoint;
  private transient boolean ended;

  /**
   * @param run for names, or null for the id of the job
   * @param recoverable to how many checkpoints it must be possible to go back
   */
  PublicationOperator(Path target, String run, int recoverable) {
    this.target = target;
    this.run = run;
    this.recoverable = recoverable;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = context.getOperatorStateStore().getListState(SPENT);
    spent = new ArrayList<>();
    arrived = new ArrayList<>();
    List<String> restored = new ArrayList<>();
    state.get().forEach(restored::add);
    if (!restored.isEmpty()) {
      spent.add(new Spent(restored, 0));
    }
  }

  @Override
  public void processElement(StreamRecord<CommittableMessage<RolledOutput>> element) {
    CommittableMessage<RolledOutput> message = element.getValue();
    checkpoint = Math.max(checkpoint, message.getCheckpointId());
    if (message instanceof CommittableWithLineage<RolledOutput> written) {
      arrived.add(written.getCommittable());
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long id) throws Exception {
    super.prepareSnapshotPreBarrier(id);
    if (!ended) {
      List<String> due = new ArrayList<>();
      spent.removeIf(s -> s.succeeded >= recoverable && due.addAll(s.paths));
      List<Publication> publications = new ArrayList<>();
      for (Named named : name(id)) {
        publications.add(new Publication(named.marker, named.files, List.of()));
        spent.add(new Spent(named.spent(), id));
      }
      emit(id, publications, due);
    }
  }

  /** Whoever has seen the end does not go back; all that is spent goes with what it was for. */
  @Override
  public void endInput() {
    ended = true;
    List<String> due = new ArrayList<>();
    spent.forEach(s -> due.addAll(s.paths));
    spent.clear();
    List<Publication> publications = new ArrayList<>();
    for (Named named : name(checkpoint)) {
      publications.add(new Publication(named.marker, named.files, List.of()));
      due.addAll(named.spent());
    }
    due.add(staging().toString());
    emit(checkpoint, publications, due);
  }

  private record Named(String marker, List<OutputFile> files, List<String> parts) {

    List<String> spent() {
      List<String> all = new ArrayList<>(parts);
      all.add(marker);
      return all;
    }
  }

  private List<Named> name(long id) {
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    List<Named> out = new ArrayList<>();
    int counter = 0;
    for (RolledOutput output : arrived) {
      List<OutputFile> files = new ArrayList<>();
      for (RolledFile file : output.files()) {
        Path folder = file.folder().isEmpty() ? target : new Path(target, file.folder());
        OutputName name = new OutputName(run(), subtask, id, counter++);
        files.add(
            new OutputFile(
                new Path(folder, name.file(file.stem(), file.extension())).toString(),
                file.parts(),
                file.movable()));
      }
      Path marker = new Path(staging(), "published-" + UUID.randomUUID());
      out.add(new Named(marker.toString(), files, output.spent()));
    }
    arrived.clear();
    return out;
  }

  private void emit(long id, List<Publication> publications, List<String> due) {
    if (!due.isEmpty()) {
      publications.add(new Publication("", List.of(), due));
    }
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    output.collect(
        new StreamRecord<>(
            new CommittableSummary<>(subtask, subtasks, id, publications.size(), 0)));
    for (Publication publication : publications) {
      output.collect(new StreamRecord<>(new CommittableWithLineage<>(publication, id, subtask)));
    }
  }

  private Path staging() {
    return Staging.folder(target, run(), getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
  }

  private String run() {
    return run == null ? getRuntimeContext().getJobInfo().getJobId().toString() : run;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<String> paths = new ArrayList<>();
    spent.forEach(s -> paths.addAll(s.paths));
    state.update(paths);
  }

  @Override
  public void notifyCheckpointComplete(long id) throws Exception {
    super.notifyCheckpointComplete(id);
    for (Spent s : spent) {
      if (s.checkpoint <= id) {
        s.succeeded++;
      }
    }
  }
}
