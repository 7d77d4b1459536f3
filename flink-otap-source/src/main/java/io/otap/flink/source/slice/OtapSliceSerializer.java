/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.slice;

import io.otap.core.assemble.ChildSlice;
import io.otap.core.assemble.CutHead;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.OtapSliceCodec;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.flink.source.type.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Slices between tasks and in state. The bytes begin with the version of their form. */
@Internal
public final class OtapSliceSerializer extends ImmutableSerializer<OtapSlice> {

  private static final long serialVersionUID = 1L;

  public static final OtapSliceSerializer INSTANCE = new OtapSliceSerializer();

  @Override
  public OtapSlice createInstance() {
    CutHead head = new CutHead("", Signal.LOGS, 0, CutHead.NO_TIME);
    return new ChildSlice(head, 0, "", OtapTable.empty(PayloadType.LOG_ATTRS));
  }

  @Override
  public void serialize(OtapSlice slice, DataOutputView target) throws IOException {
    OtapSliceCodec.write(slice, target);
  }

  @Override
  public OtapSlice deserialize(DataInputView source) throws IOException {
    return OtapSliceCodec.read(source);
  }

  @Override
  public TypeSerializerSnapshot<OtapSlice> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written with the state; the form of the slices has its version in their own bytes. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OtapSlice> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
