/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;

/** Splits in checkpoints and on their way to a reader. */
@Internal
public final class OtapSplitSerializer extends VersionedState<OtapSplit> {

  /** The plan with its files, then the position. */
  private static final int VERSION_1 = 1;

  /** The plan says whether its files are complete. */
  private static final int VERSION_2 = 2;

  /** The plan says what is wanted of the tree, and whether it is one of late rows. */
  private static final int VERSION_3 = 3;

  public static final OtapSplitSerializer INSTANCE = new OtapSplitSerializer();

  private OtapSplitSerializer() {
    super("a split of the OTAP source", VERSION_3);
  }

  @Override
  public byte[] serialize(OtapSplit split) throws IOException {
    CompactOutput out = new CompactOutput();
    SplitListCodec.write(List.of(split), out);
    return out.toBytes();
  }

  @Override
  public OtapSplit deserialize(int version, byte[] serialized) throws IOException {
    return switch (version) {
      case VERSION_1 -> read(serialized, SplitListCodec.Form.FIRST);
      case VERSION_2 -> read(serialized, SplitListCodec.Form.GROWING);
      case VERSION_3 -> read(serialized, SplitListCodec.Form.SELECTED);
      default -> throw unknown(version);
    };
  }

  private OtapSplit read(byte[] serialized, SplitListCodec.Form form) throws IOException {
    return readFully(serialized, in -> only(SplitListCodec.read(in, form)));
  }

  private static OtapSplit only(List<OtapSplit> splits) throws IOException {
    if (splits.size() != 1) {
      throw new IOException(splits.size() + " splits in place of one");
    }
    return splits.get(0);
  }
}
