/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.flink.source.split.CompactInput;
import io.otap.flink.source.split.CompactOutput;
import io.otap.flink.source.split.SplitListCodec;
import io.otap.flink.source.split.VersionedState;
import java.io.IOException;
import org.apache.flink.annotation.Internal;

/** The enumerator's state in checkpoints. */
@Internal
public final class OtapEnumeratorStateSerializer extends VersionedState<OtapEnumeratorState> {

  /** Whether planned, then the unassigned splits. */
  private static final int VERSION_1 = 1;

  public static final OtapEnumeratorStateSerializer INSTANCE = new OtapEnumeratorStateSerializer();

  private OtapEnumeratorStateSerializer() {
    super("the enumerator of the OTAP source", VERSION_1);
  }

  @Override
  public byte[] serialize(OtapEnumeratorState state) throws IOException {
    CompactOutput out = new CompactOutput();
    out.number(state.planned() ? 1 : 0);
    SplitListCodec.write(state.unassigned(), out);
    return out.toBytes();
  }

  @Override
  public OtapEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION_1) {
      throw unknown(version);
    }
    return readFully(serialized, OtapEnumeratorStateSerializer::readVersion1);
  }

  private static OtapEnumeratorState readVersion1(CompactInput in) throws IOException {
    return new OtapEnumeratorState(in.number() != 0, SplitListCodec.read(in));
  }
}
