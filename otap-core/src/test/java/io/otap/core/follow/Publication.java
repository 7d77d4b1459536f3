/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.FileOrder;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A tree that appears file by file as an exporter publishes it: each table in its order, a root
 * file behind the children of its batches, those of tables that may follow roots at any time, by
 * staging under a name that readers ignore and renaming.
 */
public final class Publication {

  private final Path from;
  private final Path to;
  private final Random random;
  private final Map<String, Deque<DataFile>> tables = new TreeMap<>();
  private final boolean lateChildren;
  private int left;

  /**
   * @param lateChildren whether children that may follow their roots do so
   */
  public Publication(Path from, Path to, Random random, boolean lateChildren) throws IOException {
    this.from = from;
    this.to = to;
    this.random = random;
    this.lateChildren = lateChildren;
    Map<String, List<DataFile>> files = new TreeMap<>();
    for (DataFile file : OtapTree.list(new LocalStorage(), from.toString()).files()) {
      files
          .computeIfAbsent(file.partition() + "/" + file.table(), t -> new ArrayList<>())
          .add(file);
      left++;
    }
    files.forEach((table, of) -> tables.put(table, new ArrayDeque<>(FileOrder.of(of))));
    Files.createDirectories(to);
  }

  public boolean isComplete() {
    return left == 0;
  }

  /** Publishes the next file, if one is left. */
  public void next() throws IOException {
    List<Deque<DataFile>> possible = new ArrayList<>();
    for (Deque<DataFile> table : tables.values()) {
      if (!table.isEmpty() && isPossible(table.peek())) {
        possible.add(table);
      }
    }
    if (possible.isEmpty()) {
      return;
    }
    DataFile file = possible.get(random.nextInt(possible.size())).poll();
    left--;
    Path source = Path.of(file.path());
    Path target = to.resolve(from.toAbsolutePath().relativize(source.toAbsolutePath()));
    Files.createDirectories(target.getParent());
    Path staged = target.resolveSibling(target.getFileName() + "#1");
    Files.copy(source, staged);
    Files.move(staged, target);
  }

  private boolean isPossible(DataFile file) {
    if (!file.table().isRoot()) {
      return !lateChildren || !file.table().followsRoot() || rootsBefore(file).isEmpty();
    }
    Signal signal = Signal.ofRoot(file.table());
    for (PayloadType child : PayloadType.of(signal)) {
      Deque<DataFile> waiting = tables.get(file.partition() + "/" + child);
      if (child.isRoot() || waiting == null || child.followsRoot() && lateChildren) {
        continue;
      }
      for (DataFile other : waiting) {
        long lastId =
            child.isShared() && file.ids() != null ? file.ids().max() : nextFirstId(file) - 1;
        if (mayOwn(file, other, lastId)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean mayOwn(DataFile root, DataFile child, long lastId) {
    return root.ids() == null || child.parentIds() == null || child.parentIds().min() <= lastId;
  }

  /** Where the ids of the next root file begin; those of deep tables count up to there. */
  private long nextFirstId(DataFile root) {
    return tables.get(root.partition() + "/" + root.table()).stream()
        .filter(r -> r != root && r.ids() != null)
        .mapToLong(r -> r.ids().min())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private List<DataFile> rootsBefore(DataFile child) {
    PayloadType root = child.table().signals().iterator().next().root();
    return tables.getOrDefault(child.partition() + "/" + root, new ArrayDeque<>()).stream()
        .filter(r -> r.ids() != null && r.ids().meets(child.parentIds()))
        .toList();
  }
}
