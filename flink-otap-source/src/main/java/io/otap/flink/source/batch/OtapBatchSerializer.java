/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.batch;

import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapBatchCodec;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Batches between tasks and in state. The bytes begin with the version of their form. */
@Internal
public final class OtapBatchSerializer extends TypeSerializerSingleton<OtapBatch> {

  private static final long serialVersionUID = 1L;

  public static final OtapBatchSerializer INSTANCE = new OtapBatchSerializer();

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public OtapBatch createInstance() {
    return new OtapBatch(Signal.LOGS, List.of(), Origin.NONE, null, null);
  }

  @Override
  public OtapBatch copy(OtapBatch from) {
    return from;
  }

  @Override
  public OtapBatch copy(OtapBatch from, OtapBatch reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
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
  public OtapBatch deserialize(OtapBatch reuse, DataInputView source) throws IOException {
    return OtapBatchCodec.read(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    OtapBatchCodec.write(OtapBatchCodec.read(source), target);
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
