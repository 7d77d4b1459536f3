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
import java.util.List;
import org.apache.flink.annotation.Internal;

/** The enumerator's state in checkpoints. */
@Internal
public final class OtapEnumeratorStateSerializer extends VersionedState<OtapEnumeratorState> {

  /** Whether planned, then the unassigned splits. */
  private static final int VERSION_1 = 1;

  /** As before, then the splits in doubt. */
  private static final int VERSION_2 = 2;

  public static final OtapEnumeratorStateSerializer INSTANCE = new OtapEnumeratorStateSerializer();

  private OtapEnumeratorStateSerializer() {
    super("the enumerator of the OTAP source", VERSION_2);
  }

  @Override
  public byte[] serialize(OtapEnumeratorState state) throws IOException {
    CompactOutput out = new CompactOutput();
    out.number(state.planned() ? 1 : 0);
    SplitListCodec.write(state.unassigned(), out);
    SplitListCodec.write(state.inDoubt(), out);
    return out.toBytes();
  }

  @Override
  public OtapEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
    return switch (version) {
      case VERSION_1 -> readFully(serialized, OtapEnumeratorStateSerializer::readVersion1);
      case VERSION_2 -> readFully(serialized, OtapEnumeratorStateSerializer::readVersion2);
      default -> throw unknown(version);
    };
  }

  private static OtapEnumeratorState readVersion1(CompactInput in) throws IOException {
    return new OtapEnumeratorState(in.number() != 0, SplitListCodec.read(in), List.of());
  }

  private static OtapEnumeratorState readVersion2(CompactInput in) throws IOException {
    return new OtapEnumeratorState(
        in.number() != 0, SplitListCodec.read(in), SplitListCodec.read(in));
  }
}
