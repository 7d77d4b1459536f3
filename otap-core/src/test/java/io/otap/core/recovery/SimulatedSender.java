/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.model.Signal;
import io.otap.core.recovery.SimulatedBatch.Child;
import io.otap.core.recovery.SimulatedBatch.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** A sender with properties that stay the same for one run of a pipeline (docs/RECOVERY.md 9). */
final class SimulatedSender {

  /** What stands before the exporter. */
  enum Kind {
    OTLP,
    GO,
    OTAP_RUST,
    BATCH_OTLP,
    BATCH_GO,
    MIXED,
    INSERT,
    BATCH_SPLIT
  }

  record Resource(int content, int url, double withIds) {}

  record Scope(int content, int name) {}

  record Record(boolean hasAttributes, int children) {}

  record ScopeEntry(Scope scope, List<Record> records) {}

  record ResourceEntry(Resource resource, List<ScopeEntry> scopes) {}

  record Sent(Signal signal, SimulatedBatch batch) {}

  private static final double PER_RESOURCE = -1;

  private final Random random;
  private final Kind kind;
  private final double emptyEntries;
  private final int maxResources;
  private final int maxScopes;
  private final int maxRows;
  private final boolean fixedSize;
  private final double withIds;
  private final double childRate;
  private final List<Resource> resources = new ArrayList<>();
  private final List<Scope> scopes = new ArrayList<>();
  private final int names;
  private final int[] mix;
  private final Deque<Sent> waiting = new ArrayDeque<>();

  /**
   * @param withoutAttributes share of resources without attributes
   * @param emptyEntries share of entries without records
   * @param tiny batches of few rows: as many borders as possible
   */
  SimulatedSender(
      Random random, Kind kind, double withoutAttributes, double emptyEntries, boolean tiny) {
    this.random = random;
    this.kind = kind;
    this.emptyEntries = emptyEntries;
    maxResources = tiny ? pick(1, 2, 3) : pick(1, 1, 2, 3, 5, 20);
    maxScopes = pick(1, 1, 2, 3);
    maxRows = tiny ? pick(1, 2, 3, 4, 6) : pick(1, 5, 30, 200, 200);
    fixedSize = random.nextDouble() < 0.25;
    withIds =
        tiny ? pick(0, .3, .5, .8, 1, PER_RESOURCE) : pick(0, .2, .8, .95, 1, 1, PER_RESOURCE);
    childRate = pick(0, 0.3, 1.0, 3.0);
    int pool = pick(1, 2, 5, 40);
    int urls = pick(1, 1, 3);
    for (int k = 0; k < pool; k++) {
      int content =
          random.nextDouble() < withoutAttributes ? 0 : 1 + random.nextInt(pick(pool, 1_000_000));
      resources.add(new Resource(content, random.nextInt(urls), random.nextDouble()));
    }
    double scopesWithAttributes = pick(0, 0, 0.3, 1.0);
    int scopeNames = pick(1, 3, 30);
    int scopePool = pick(1, 4, 40);
    for (int k = 0; k < scopePool; k++) {
      int content = random.nextDouble() < scopesWithAttributes ? 1 + random.nextInt(999) : 0;
      scopes.add(new Scope(content, random.nextInt(scopeNames)));
    }
    names = random.nextInt(4);
    int[][] mixes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {1, 1, 1}, {5, 3, 1}};
    mix = mixes[random.nextInt(mixes.length)];
  }

  private int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private double pick(double... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The attribute names of a set; all have the content as their value. */
  List<String> names(int content) {
    List<String> out = new ArrayList<>();
    if (content == SimulatedBatch.INSERTED) {
      out.add("inserted");
      return out;
    }
    if (content == 0) {
      return out;
    }
    int k = (int) ((long) content * 40503 / 16 % 7) + 1;
    int bits = names == 0 ? 3 : names == 3 ? k : k | 1;
    if (kind == Kind.INSERT) {
      out.add("inserted");
    }
    for (int q = 0; q < 3; q++) {
      if ((bits >> q & 1) == 1) {
        out.add("n" + q);
      }
    }
    return out;
  }

  /** The next batch that reaches the exporter. */
  Sent next() {
    while (waiting.isEmpty()) {
      send(signal());
    }
    return waiting.remove();
  }

  private Signal signal() {
    int at = random.nextInt(mix[0] + mix[1] + mix[2]);
    return at < mix[0] ? Signal.LOGS : at < mix[0] + mix[1] ? Signal.TRACES : Signal.METRICS;
  }

  private void send(Signal signal) {
    switch (kind) {
      case OTLP, OTAP_RUST -> waiting.add(new Sent(signal, encode(signal, false)));
      case GO -> waiting.add(new Sent(signal, encode(signal, true)));
      case MIXED -> waiting.add(new Sent(signal, encode(signal, random.nextBoolean())));
      case BATCH_OTLP, BATCH_GO ->
          waiting.add(
              new Sent(signal, several(signal, kind == Kind.BATCH_GO, 1 + random.nextInt(4))));
      case INSERT ->
          waiting.add(
              new Sent(
                  signal, several(signal, random.nextBoolean(), pick(1, 1, 3)).insertAttributes()));
      case BATCH_SPLIT -> sendFragments(signal);
    }
  }

  private SimulatedBatch several(Signal signal, boolean go, int count) {
    List<SimulatedBatch> parts = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      parts.add(encode(signal, go));
    }
    return SimulatedBatch.concat(parts);
  }

  private void sendFragments(Signal signal) {
    int limit = pick(5, 50, 500);
    List<SimulatedBatch> group = new ArrayList<>();
    int size = 0;
    for (int k = 1 + random.nextInt(4); k > 0; k--) {
      for (SimulatedBatch part : encode(signal, random.nextBoolean()).split(limit, random)) {
        if (!group.isEmpty() && size + part.rows.size() > limit) {
          waiting.add(new Sent(signal, SimulatedBatch.concat(group)));
          group = new ArrayList<>();
          size = 0;
        }
        group.add(part);
        size += part.rows.size();
      }
    }
    waiting.add(new Sent(signal, SimulatedBatch.concat(group)));
  }

  /** One export request. */
  private List<ResourceEntry> request(Signal signal) {
    int size =
        fixedSize ? maxRows : (int) Math.max(1, Math.round(Math.pow(maxRows, random.nextDouble())));
    List<ResourceEntry> request = new ArrayList<>();
    for (int part : parts(size, Math.min(size, 1 + random.nextInt(maxResources)))) {
      Resource resource = resources.get(random.nextInt(resources.size()));
      List<ScopeEntry> entries = new ArrayList<>();
      for (int rows : parts(part, Math.min(part, 1 + random.nextInt(maxScopes)))) {
        List<Record> records = new ArrayList<>();
        for (int k = 0; k < rows; k++) {
          double p = withIds == PER_RESOURCE ? (resource.withIds < 0.5 ? 1 : 0) : withIds;
          int children = childRate == 0 || signal == Signal.LOGS ? 0 : exponential();
          if (signal == Signal.METRICS) {
            children++;
          }
          records.add(new Record(random.nextDouble() < p, children));
        }
        entries.add(new ScopeEntry(scopes.get(random.nextInt(scopes.size())), records));
      }
      request.add(new ResourceEntry(resource, entries));
    }
    return request;
  }

  private int exponential() {
    return (int) (-Math.log(1 - random.nextDouble()) * childRate);
  }

  /** Cuts a number into positive parts. */
  private int[] parts(int size, int count) {
    TreeSet<Integer> cuts = new TreeSet<>();
    while (cuts.size() < count - 1) {
      cuts.add(1 + random.nextInt(size - 1));
    }
    cuts.add(size);
    int[] parts = new int[count];
    int before = 0;
    int k = 0;
    for (int cut : cuts) {
      parts[k++] = cut - before;
      before = cut;
    }
    return parts;
  }

  private record Entry(
      int resourceId, int scopeId, Resource resource, Scope scope, Record record) {}

  private SimulatedBatch encode(Signal signal, boolean go) {
    SimulatedBatch batch = new SimulatedBatch();
    List<ResourceEntry> request = request(signal);
    List<Entry> entries = go ? goEntries(request) : engineEntries(request, batch);
    for (Entry e : entries) {
      boolean attributes = e.record.hasAttributes;
      int children = e.record.children;
      boolean hasId =
          signal == Signal.LOGS
              ? attributes
              : !go || attributes || children > 0 || signal == Signal.METRICS;
      batch.rows.add(
          new Row(
              hasId ? batch.rootIds : -1,
              e.resourceId,
              e.scopeId,
              e.resource.url * 1000 + e.scope.name,
              e.resource.content,
              e.scope.content));
      if (signal == Signal.LOGS && hasId) {
        batch.children.add(new Child(-1, batch.rootIds));
      }
      for (int k = 0; k < children; k++) {
        boolean childId = signal == Signal.METRICS || !go || random.nextBoolean();
        batch.children.add(new Child(childId ? batch.childIds++ : -1, batch.rootIds));
      }
      batch.rootIds += hasId ? 1 : 0;
      if (e.resource.content != 0) {
        batch.resources.put(e.resourceId, e.resource.content);
      }
      if (e.scope.content != 0) {
        batch.scopes.put(e.scopeId, e.scope.content);
      }
    }
    if (go) {
      batch.sorted = true;
      Collections.shuffle(batch.children, random);
    }
    return batch;
  }

  /** The Go encoder merges equal resources, mostly sorts, and numbers runs. */
  private List<Entry> goEntries(List<ResourceEntry> request) {
    Map<Object, Integer> order = new HashMap<>();
    List<double[]> sort = new ArrayList<>();
    List<Entry> flat = new ArrayList<>();
    for (ResourceEntry r : request) {
      Object same = List.of(r.resource.content, r.resource.url);
      int rk = order.computeIfAbsent(same, k -> order.size());
      for (ScopeEntry s : r.scopes) {
        int sk = order.computeIfAbsent(s.scope, k -> order.size());
        for (Record record : s.records) {
          sort.add(new double[] {rk, sk, random.nextDouble(), flat.size()});
          flat.add(new Entry(rk, sk, r.resource, s.scope, record));
        }
      }
    }
    if (random.nextDouble() < 0.8) {
      sort.sort(
          Comparator.<double[]>comparingDouble(x -> x[0])
              .thenComparingDouble(x -> x[1])
              .thenComparingDouble(x -> x[2]));
    }
    List<Entry> entries = new ArrayList<>();
    int resourceId = -1;
    int scopeId = -1;
    Entry before = null;
    for (double[] x : sort) {
      Entry e = flat.get((int) x[3]);
      resourceId += before == null || before.resourceId != e.resourceId ? 1 : 0;
      scopeId += before == null || before.scopeId != e.scopeId ? 1 : 0;
      before = e;
      entries.add(new Entry(resourceId, scopeId, e.resource, e.scope, e.record));
    }
    return entries;
  }

  /** The engine's encoder numbers entries, those without records, too. */
  private List<Entry> engineEntries(List<ResourceEntry> request, SimulatedBatch batch) {
    List<Entry> entries = new ArrayList<>();
    int resourceId = 0;
    int scopeId = 0;
    for (ResourceEntry r : request) {
      while (random.nextDouble() < emptyEntries) {
        batch.resources.put(resourceId++, 1 + random.nextInt(999_999));
      }
      for (ScopeEntry s : r.scopes) {
        while (random.nextDouble() < emptyEntries) {
          batch.scopes.put(scopeId++, 1 + random.nextInt(999_999));
        }
        List<Record> records = new ArrayList<>(s.records);
        if (kind == Kind.OTAP_RUST) {
          Collections.shuffle(records, random);
        }
        for (Record record : records) {
          entries.add(new Entry(resourceId, scopeId, r.resource, s.scope, record));
        }
        scopeId++;
      }
      resourceId++;
    }
    return entries;
  }
}
