/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A batch with its own ids, as it reaches the exporter. Content 0 stands for no attributes. */
final class SimulatedBatch {

  static final int INSERTED = -1;

  /** A root row; id -1 for a null. */
  record Row(int id, int resource, int scope, int fields, int resourceContent, int scopeContent) {}

  /** A row of another table; -1 for a null. */
  record Child(int id, int parent) {}

  final List<Row> rows = new ArrayList<>();
  final TreeMap<Integer, Integer> resources = new TreeMap<>();
  final TreeMap<Integer, Integer> scopes = new TreeMap<>();
  final List<Child> children = new ArrayList<>();
  int rootIds;
  int childIds;

  /** Attribute rows come in transport order: by content, then by key. */
  boolean sorted;

  /** Puts batches together, as a batch processor without a size limit: ids move behind the last. */
  static SimulatedBatch concat(List<SimulatedBatch> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    SimulatedBatch out = new SimulatedBatch();
    int nextResource = 0;
    int nextScope = 0;
    for (SimulatedBatch p : parts) {
      int least = p.rows.stream().mapToInt(Row::id).filter(i -> i >= 0).min().orElse(0);
      int most = p.rows.stream().mapToInt(Row::id).max().orElse(-1);
      int leastChild = p.children.stream().mapToInt(Child::id).filter(i -> i >= 0).min().orElse(0);
      int mostChild = p.children.stream().mapToInt(Child::id).max().orElse(-1);
      int r0 = p.rows.stream().mapToInt(Row::resource).min().orElseThrow();
      int r1 = p.rows.stream().mapToInt(Row::resource).max().orElseThrow();
      int s0 = p.rows.stream().mapToInt(Row::scope).min().orElseThrow();
      int s1 = p.rows.stream().mapToInt(Row::scope).max().orElseThrow();
      int moveResource = nextResource - r0;
      int moveScope = nextScope - s0;
      for (Row x : p.rows) {
        out.rows.add(
            new Row(
                x.id < 0 ? -1 : x.id - least + out.rootIds,
                x.resource + moveResource,
                x.scope + moveScope,
                x.fields,
                x.resourceContent,
                x.scopeContent));
      }
      for (Child c : p.children) {
        out.children.add(
            new Child(
                c.id < 0 ? -1 : c.id - leastChild + out.childIds,
                c.parent < 0 ? -1 : c.parent - least + out.rootIds));
      }
      p.resources
          .subMap(r0, true, r1, true)
          .forEach((k, v) -> out.resources.put(k + moveResource, v));
      p.scopes.subMap(s0, true, s1, true).forEach((k, v) -> out.scopes.put(k + moveScope, v));
      out.rootIds += most < 0 ? 0 : most - least + 1;
      out.childIds += mostChild < 0 ? 0 : mostChild - leastChild + 1;
      nextResource += r1 - r0 + 1;
      nextScope += s1 - s0 + 1;
      out.sorted |= p.sorted;
    }
    return out;
  }

  /**
   * Fragments as a batch processor with a size limit makes them: rows without id first, and ids
   * keep their values.
   */
  List<SimulatedBatch> split(int limit, Random random) {
    List<Row> ordered = new ArrayList<>(rows.stream().filter(x -> x.id < 0).toList());
    Collections.shuffle(ordered, random);
    rows.stream().filter(x -> x.id >= 0).forEach(ordered::add);
    List<SimulatedBatch> out = new ArrayList<>();
    for (int k = 0; k < ordered.size(); k += limit) {
      SimulatedBatch f = new SimulatedBatch();
      f.rows.addAll(ordered.subList(k, Math.min(ordered.size(), k + limit)));
      Set<Integer> own = new HashSet<>();
      for (Row x : f.rows) {
        own.add(x.id);
        f.rootIds = Math.max(f.rootIds, x.id + 1);
        copy(resources, f.resources, x.resource);
        copy(scopes, f.scopes, x.scope);
      }
      own.remove(-1);
      for (Child c : children) {
        if (own.contains(c.parent)) {
          f.children.add(c);
          f.childIds = Math.max(f.childIds, c.id + 1);
        }
      }
      f.sorted = sorted;
      out.add(f);
    }
    return out;
  }

  private static void copy(Map<Integer, Integer> from, Map<Integer, Integer> to, int key) {
    if (from.containsKey(key)) {
      to.put(key, from.get(key));
    }
  }

  /** What an attributes processor does that inserts one resource and one signal attribute. */
  SimulatedBatch insertAttributes() {
    for (int k = 0; k < rows.size(); k++) {
      Row x = rows.get(k);
      int id = x.id;
      if (id < 0) {
        id = rootIds++;
        children.add(new Child(-1, id));
      }
      int content = x.resourceContent == 0 ? INSERTED : x.resourceContent;
      rows.set(k, new Row(id, x.resource, x.scope, x.fields, content, x.scopeContent));
      resources.put(x.resource, content);
    }
    return this;
  }
}
