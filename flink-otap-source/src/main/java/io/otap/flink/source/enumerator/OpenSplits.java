/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.scan.DataFile;
import io.otap.flink.source.split.OtapSplit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The splits that a job may still have to read, or to read again from a checkpoint that it keeps.
 * The files that they need must stay.
 */
final class OpenSplits {

  private static final class Open {

    /** Null for a split that only its reader knows. */
    final OtapSplit split;

    /** The checkpoint before its end was told; negative while it is being read. */
    long finishedBehind = -1;

    int covered;

    Open(OtapSplit split) {
      this.split = split;
    }
  }

  private final int retained;
  private final Map<String, Open> open = new HashMap<>();
  private long lastSnapshot;

  /**
   * @param retained checkpoints that the job may go back to
   */
  OpenSplits(int retained) {
    this.retained = retained;
  }

  void add(Collection<OtapSplit> splits) {
    splits.forEach(split -> open.putIfAbsent(split.splitId(), new Open(split)));
  }

  /** A reader has started with these splits, and tells next which of them are finished. */
  void held(Collection<String> ids) {
    for (String id : ids) {
      Open known = open.get(id);
      open.put(id, new Open(known == null ? null : known.split));
    }
  }

  void finished(Collection<String> ids) {
    for (String id : ids) {
      Open split = open.get(id);
      if (split != null) {
        split.finishedBehind = lastSnapshot;
      }
    }
  }

  /** A split is read again. */
  void reopened(Collection<OtapSplit> splits) {
    splits.forEach(split -> open.put(split.splitId(), new Open(split)));
  }

  void snapshot(long checkpoint) {
    lastSnapshot = checkpoint;
  }

  void complete(long checkpoint) {
    for (Map.Entry<String, Open> entry : List.copyOf(open.entrySet())) {
      Open split = entry.getValue();
      if (split.finishedBehind >= 0 && checkpoint > split.finishedBehind) {
        split.covered++;
        if (split.covered >= retained) {
          open.remove(entry.getKey());
        }
      }
    }
  }

  /** Paths of the files that open splits need; null if that is not known of all of them. */
  Set<String> neededFiles() {
    Set<String> paths = new HashSet<>();
    for (Open entry : open.values()) {
      if (entry.split == null) {
        return null;
      }
      paths.addAll(neededFiles(entry.split));
    }
    return paths;
  }

  /** Paths of the files that a split needs. */
  static List<String> neededFiles(OtapSplit split) {
    return Stream.concat(Stream.of(split.plan().root()), split.plan().inputs().stream())
        .map(DataFile::path)
        .toList();
  }
}
