/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Files by a range of ids that they have; those without are not in it. Files of one table follow
 * each other with narrow ranges, so that few have to be looked at to find those that meet a range.
 */
final class GrowingRangeIndex {

  private final Function<DataFile, IdRange> range;
  private final NavigableMap<Long, Set<FollowedFile>> byLargest = new TreeMap<>();

  /** The largest difference between the ends of a range that there was. */
  private long widest;

  GrowingRangeIndex(Function<DataFile, IdRange> range) {
    this.range = range;
  }

  void add(FollowedFile file) {
    IdRange ids = range.apply(file.data);
    if (ids != null) {
      byLargest.computeIfAbsent(ids.max(), max -> new LinkedHashSet<>(2)).add(file);
      long width = ids.max() - ids.min();
      widest = Math.max(widest, width < 0 ? Long.MAX_VALUE : width);
    }
  }

  void remove(FollowedFile file) {
    IdRange ids = range.apply(file.data);
    if (ids != null) {
      byLargest.computeIfPresent(
          ids.max(), (max, files) -> files.remove(file) && files.isEmpty() ? null : files);
    }
  }

  /** The files with one of the ids at least. */
  List<FollowedFile> meeting(IdRange ids) {
    List<FollowedFile> found = new ArrayList<>();
    if (ids == null || ids.min() > ids.max()) {
      return found;
    }
    long last = ids.max() > Long.MAX_VALUE - widest ? Long.MAX_VALUE : ids.max() + widest;
    for (Set<FollowedFile> files : byLargest.subMap(ids.min(), true, last, true).values()) {
      for (FollowedFile file : files) {
        if (ids.meets(range.apply(file.data))) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** The files all of whose ids are smaller. */
  List<FollowedFile> below(long id) {
    return byLargest.headMap(id, false).values().stream().flatMap(Collection::stream).toList();
  }

  /** The largest id; empty without files. */
  OptionalLong largest() {
    return byLargest.isEmpty() ? OptionalLong.empty() : OptionalLong.of(byLargest.lastKey());
  }

  /** The largest id of the files that fit; empty if none does. */
  OptionalLong largest(Predicate<FollowedFile> fits) {
    for (var files : byLargest.descendingMap().entrySet()) {
      if (files.getValue().stream().anyMatch(fits)) {
        return OptionalLong.of(files.getKey());
      }
    }
    return OptionalLong.empty();
  }

  /** The largest id of a file all of whose ids are smaller than this; empty if there is none. */
  OptionalLong largestBelow(long id) {
    Long below = byLargest.lowerKey(id);
    return below == null ? OptionalLong.empty() : OptionalLong.of(below);
  }
}
