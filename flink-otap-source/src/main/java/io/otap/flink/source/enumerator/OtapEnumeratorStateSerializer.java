/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.follow.FileStage;
import io.otap.core.follow.SeenFiles;
import io.otap.flink.source.split.CompactInput;
import io.otap.flink.source.split.CompactOutput;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.SplitListCodec;
import io.otap.flink.source.split.VersionedState;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/** The enumerator's state in checkpoints. */
@Internal
public final class OtapEnumeratorStateSerializer extends VersionedState<OtapEnumeratorState> {

  /** Whether planned, then the unassigned splits. */
  private static final int VERSION_1 = 1;

  /** As before, then the splits in doubt, then the seen files of each tree. */
  private static final int VERSION_2 = 2;

  /** As before, with splits that say what is wanted of the tree, and whether they are late rows. */
  private static final int VERSION_3 = 3;

  /** As before, with the ids up to which files of the partitions of each tree were removed. */
  private static final int VERSION_4 = 4;

  public static final OtapEnumeratorStateSerializer INSTANCE = new OtapEnumeratorStateSerializer();

  private OtapEnumeratorStateSerializer() {
    super("the enumerator of the OTAP source", VERSION_4);
  }

  @Override
  public byte[] serialize(OtapEnumeratorState state) throws IOException {
    CompactOutput out = new CompactOutput();
    out.number(state.planned() ? 1 : 0);
    SplitListCodec.write(state.unassigned(), out);
    SplitListCodec.write(state.inDoubt(), out);
    out.number(state.seen().size());
    for (Map.Entry<String, SeenFiles> tree : new TreeMap<>(state.seen()).entrySet()) {
      out.text(tree.getKey());
      out.number(tree.getValue().size());
      tree.getValue()
          .forEach(
              (high, low, stage) -> {
                out.fixed(high);
                out.fixed(low);
                out.number(stage.ordinal());
              });
      Map<String, Long> removed = new TreeMap<>(tree.getValue().removed());
      out.number(removed.size());
      for (Map.Entry<String, Long> partition : removed.entrySet()) {
        out.text(partition.getKey());
        out.number(partition.getValue());
      }
    }
    return out.toBytes();
  }

  @Override
  public OtapEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
    return switch (version) {
      case VERSION_1 -> readFully(serialized, OtapEnumeratorStateSerializer::readVersion1);
      case VERSION_2 ->
          readFully(serialized, in -> readFollowed(in, SplitListCodec.Form.GROWING, false));
      case VERSION_3 ->
          readFully(serialized, in -> readFollowed(in, SplitListCodec.Form.SELECTED, false));
      case VERSION_4 ->
          readFully(serialized, in -> readFollowed(in, SplitListCodec.Form.SELECTED, true));
      default -> throw unknown(version);
    };
  }

  private static OtapEnumeratorState readVersion1(CompactInput in) throws IOException {
    return new OtapEnumeratorState(
        in.number() != 0, SplitListCodec.read(in, SplitListCodec.Form.FIRST), List.of(), Map.of());
  }

  private static OtapEnumeratorState readFollowed(
      CompactInput in, SplitListCodec.Form form, boolean withRemoved) throws IOException {
    boolean planned = in.number() != 0;
    List<OtapSplit> unassigned = SplitListCodec.read(in, form);
    List<OtapSplit> inDoubt = SplitListCodec.read(in, form);
    Map<String, SeenFiles> seen = new HashMap<>();
    for (int trees = in.count(); trees > 0; trees--) {
      SeenFiles files = new SeenFiles();
      seen.put(in.text(), files);
      for (int rest = in.count(); rest > 0; rest--) {
        files.put(in.fixed(), in.fixed(), stage(in.number()));
      }
      for (int rest = withRemoved ? in.count() : 0; rest > 0; rest--) {
        files.removed(in.text(), in.number());
      }
    }
    return new OtapEnumeratorState(planned, unassigned, inDoubt, seen);
  }

  private static FileStage stage(long number) throws IOException {
    for (FileStage stage : FileStage.values()) {
      if (stage.ordinal() == number) {
        return stage;
      }
    }
    throw new IOException("there is no stage " + number + " of a file");
  }
}
