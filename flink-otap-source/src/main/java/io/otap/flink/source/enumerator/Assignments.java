/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.flink.source.split.OtapSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The splits that were given to readers and are not yet known to be theirs whatever happens.
 *
 * <p>A split on its way to a reader while a checkpoint is taken may or may not be in the reader's
 * state: Flink lets unaligned checkpoints overtake it. So an assignment is <i>in doubt</i> until
 * its reader has told that it holds the split; what is in doubt is part of the enumerator's state.
 * It is <i>settled</i>, and forgotten here, once a checkpoint is complete that was taken after the
 * reader told. Until then the reader keeps a mark of the split even if it is finished. So after a
 * failure, what a reader held in the checkpoint is what it reports when it starts, and the rest is
 * given out again.
 */
final class Assignments {

  /** No checkpoint was taken before. */
  private static final long NONE = -1;

  private static final class Assignment {
    final OtapSplit split;
    final int subtask;
    boolean held;
    long lastBefore;

    Assignment(OtapSplit split, int subtask) {
      this.split = split;
      this.subtask = subtask;
    }
  }

  private final Map<String, Assignment> given = new LinkedHashMap<>();
  private final Map<Integer, Map<String, OtapSplit>> awaited = new TreeMap<>();
  private final Map<String, OtapSplit> restored = new LinkedHashMap<>();
  private final Set<Integer> reported = new HashSet<>();
  private long lastSnapshot = NONE;

  /**
   * @param restored splits that were in doubt in the checkpoint that the job starts from
   */
  Assignments(Collection<OtapSplit> restored) {
    restored.forEach(split -> this.restored.put(split.splitId(), split));
  }

  void assigned(OtapSplit split, int subtask) {
    given.put(split.splitId(), new Assignment(split, subtask));
  }

  /** A running reader tells that it holds splits. */
  void held(int subtask, Collection<String> ids) {
    for (String id : ids) {
      Assignment assignment = given.get(id);
      if (assignment != null && assignment.subtask == subtask && !assignment.held) {
        assignment.held = true;
        assignment.lastBefore = lastSnapshot;
      }
    }
  }

  /** A reader was reset: all that it was given waits for what it reports when it starts again. */
  void reset(int subtask, Collection<OtapSplit> givenBack) {
    Map<String, OtapSplit> doubtful = awaited.computeIfAbsent(subtask, s -> new LinkedHashMap<>());
    for (Assignment assignment : List.copyOf(given.values())) {
      if (assignment.subtask == subtask) {
        doubtful.put(assignment.split.splitId(), assignment.split);
        given.remove(assignment.split.splitId());
      }
    }
    givenBack.forEach(split -> doubtful.put(split.splitId(), split));
  }

  /**
   * A reader that starts reports all that it has from its checkpoint.
   *
   * @param readers number of readers
   * @return splits that no reader has, to be given out again, in the order in which they were
   *     before
   */
  List<OtapSplit> reported(int subtask, Collection<String> ids, int readers) {
    ids.forEach(restored::remove);
    Map<String, OtapSplit> lost = new LinkedHashMap<>();
    Map<String, OtapSplit> doubtful = awaited.remove(subtask);
    if (doubtful != null) {
      ids.forEach(doubtful::remove);
      lost.putAll(doubtful);
    }
    reported.add(subtask);
    if (reported.size() >= readers) {
      lost.putAll(restored);
      restored.clear();
    }
    return new ArrayList<>(lost.values());
  }

  /** A checkpoint of the enumerator is being taken; what is in doubt belongs to its state. */
  List<OtapSplit> inDoubt(long checkpoint) {
    lastSnapshot = checkpoint;
    Map<String, OtapSplit> splits = new LinkedHashMap<>(restored);
    awaited.values().forEach(splits::putAll);
    for (Assignment assignment : given.values()) {
      if (!assignment.held) {
        splits.put(assignment.split.splitId(), assignment.split);
      }
    }
    return new ArrayList<>(splits.values());
  }

  /** Splits that a complete checkpoint settles, by subtask. They are forgotten. */
  Map<Integer, List<String>> settle(long completed) {
    Map<Integer, List<String>> settled = new TreeMap<>();
    for (Assignment assignment : List.copyOf(given.values())) {
      if (assignment.held && completed > assignment.lastBefore) {
        given.remove(assignment.split.splitId());
        settled
            .computeIfAbsent(assignment.subtask, s -> new ArrayList<>())
            .add(assignment.split.splitId());
      }
    }
    return settled;
  }

  /** Whether some splits may still have to be given out again without a further failure. */
  boolean awaitsReports() {
    return !restored.isEmpty() || awaited.values().stream().anyMatch(splits -> !splits.isEmpty());
  }
}
