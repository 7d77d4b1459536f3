/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Collects what was committed, and publishes the results once that is everything. Runs once.
 *
 * <p>The end of its input is too early for that: in a streaming job the last parts are committed
 * when the final checkpoint completes, and arrive after it. So the writers themselves say in their
 * messages that nothing follows.
 */
@Internal
public final class ResultJoiner extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<CommittableMessage<OtlpFileCommittable>, Void>,
        BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> COMMITTED =
      new ListStateDescriptor<>("committed", BytePrimitiveArraySerializer.INSTANCE);

  private final Path folder;
  private final boolean overwrite;

  private transient ListState<OtlpFileCommittable> state;
  private transient ResultParts parts;
  private transient boolean published;
  private transient boolean inputEnded;

  public ResultJoiner(Path folder, boolean overwrite) {
    this.folder = folder;
    this.overwrite = overwrite;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        new SimpleVersionedListState<>(
            context.getOperatorStateStore().getListState(COMMITTED),
            OtlpFileCommittableSerializer.INSTANCE);
    parts = new ResultParts();
    for (OtlpFileCommittable committable : state.get()) {
      parts.add(committable);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    publishIfComplete();
  }

  @Override
  public void processElement(StreamRecord<CommittableMessage<OtlpFileCommittable>> element)
      throws Exception {
    if (element.getValue() instanceof CommittableWithLineage<OtlpFileCommittable> message) {
      OtlpFileCommittable committable = message.getCommittable();
      if (!published) {
        parts.add(committable);
        state.add(committable);
        publishIfComplete();
      }
    }
  }

  @Override
  public void endInput() {
    inputEnded = true;
  }

  /** A job must not end well without its results. */
  @Override
  public void close() throws Exception {
    super.close();
    boolean endedWell = !getContainingTask().isCanceled() && !getContainingTask().isFailing();
    if (inputEnded && endedWell && !published) {
      throw new IllegalStateException(
          "The input has ended, but the last parts were not committed, and so no result was"
              + " published. Streaming jobs need checkpoints after tasks finish.");
    }
  }

  private void publishIfComplete() throws Exception {
    if (!published && parts.complete()) {
      Path staging = OtlpFileSink.staging(folder, getRuntimeContext().getJobInfo());
      LOG.info("Publishing {} parts in {}.", parts.size(), folder);
      new ResultFiles(folder, overwrite).publish(parts.bySignal(), staging);
      published = true;
    }
  }
}
