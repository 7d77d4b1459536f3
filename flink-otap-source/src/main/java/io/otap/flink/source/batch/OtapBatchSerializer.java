/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.batch;

import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapBatchCodec;
import io.otap.core.model.Signal;
import io.otap.flink.source.type.ImmutableSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Batches between tasks and in state. The bytes begin with the version of their form. */
@Internal
public final class OtapBatchSerializer extends ImmutableSerializer<OtapBatch> {

  private static final long serialVersionUID = 1L;

  public static final OtapBatchSerializer INSTANCE = new OtapBatchSerializer();

  @Override
  public OtapBatch createInstance() {
    return new OtapBatch(Signal.LOGS, List.of(), Origin.NONE, null, null);
  }

  @Override
  public void serialize(OtapBatch batch, DataOutputView target) throws IOException {
    OtapBatchCodec.write(batch, target);
  }

  @Override
  public OtapBatch deserialize(DataInputView source) throws IOException {
    return OtapBatchCodec.read(source);
  }

  @Override
  public TypeSerializerSnapshot<OtapBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written with the state; the form of the batches has its version in their own bytes. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OtapBatch> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
