/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts that were committed, and whether they are all: when each writer of one attempt has said
 * that its input has ended. Writers of an earlier attempt do not count, because what they had not
 * read may have moved to others. A repeated message changes nothing.
 */
final class ResultParts {

  private final Map<String, PartFile> parts = new TreeMap<>();
  private final Map<Long, BitSet> ended = new HashMap<>();
  private boolean complete;

  void add(OtlpFileCommittable committable) {
    committable.parts().forEach(part -> parts.putIfAbsent(part.path(), part));
    if (committable.last()) {
      BitSet subtasks = ended.computeIfAbsent(committable.attempt(), a -> new BitSet());
      subtasks.set(committable.subtask());
      complete |= subtasks.cardinality() == committable.subtasks();
    }
  }

  /** Whether no part can follow. */
  boolean complete() {
    return complete;
  }

  int size() {
    return parts.size();
  }

  /** The parts of each signal that has some, by path. */
  Map<Signal, List<PartFile>> bySignal() {
    Map<Signal, List<PartFile>> bySignal = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      List<PartFile> own = parts.values().stream().filter(p -> p.signal() == signal).toList();
      if (!own.isEmpty()) {
        bySignal.put(signal, own);
      }
    }
    return bySignal;
  }
}
