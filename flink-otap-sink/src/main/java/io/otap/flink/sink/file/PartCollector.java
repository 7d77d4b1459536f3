/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the parts of all writers until their input has ended, then hands them to the committer in
 * one committable. Runs once, with parallelism 1.
 *
 * <p>It stands before the committer, because nothing reaches an operator behind it at the end of a
 * streaming job: the last commit follows the final checkpoint, when a task that has seen the end of
 * its input drops what still arrives.
 */
@Internal
public final class PartCollector
    extends AbstractStreamOperator<CommittableMessage<OtlpFileCommittable>>
    implements OneInputStreamOperator<
            CommittableMessage<OtlpFileCommittable>, CommittableMessage<OtlpFileCommittable>>,
        BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> PARTS =
      new ListStateDescriptor<>("parts", BytePrimitiveArraySerializer.INSTANCE);

  private transient ListState<OtlpFileCommittable> state;
  private transient Map<String, PartFile> parts;
  private transient long checkpoint;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        new SimpleVersionedListState<>(
            context.getOperatorStateStore().getListState(PARTS),
            OtlpFileCommittableSerializer.INSTANCE);
    parts = new TreeMap<>();
    for (OtlpFileCommittable restored : state.get()) {
      keep(restored);
    }
  }

  @Override
  public void processElement(StreamRecord<CommittableMessage<OtlpFileCommittable>> element)
      throws Exception {
    CommittableMessage<OtlpFileCommittable> message = element.getValue();
    checkpoint = Math.max(checkpoint, message.getCheckpointId());
    if (message instanceof CommittableWithLineage<OtlpFileCommittable> written) {
      keep(written.getCommittable());
      state.add(written.getCommittable());
    }
  }

  /**
   * The writers' last messages have arrived. They are of the checkpoint that comes next, with which
   * all is committed; without checkpoints the committer does it at the end of its own input.
   */
  @Override
  public void endInput() {
    OtlpFileCommittable all = new OtlpFileCommittable(parts.values().stream().toList());
    output.collect(new StreamRecord<>(new CommittableSummary<>(0, 1, checkpoint, 1, 0)));
    output.collect(new StreamRecord<>(new CommittableWithLineage<>(all, checkpoint, 0)));
  }

  private void keep(OtlpFileCommittable written) {
    written.parts().forEach(part -> parts.putIfAbsent(part.path(), part));
  }
}
