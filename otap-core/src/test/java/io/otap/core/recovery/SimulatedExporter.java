/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.recovery.SimulatedBatch.Child;
import io.otap.core.recovery.SimulatedBatch.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The exporter: gives batches their offsets and appends them to tables; keeps the truth. */
final class SimulatedExporter {

  /** What is true of a root row. */
  record Truth(long offset, String resource, String scope) {}

  private record Attribute(long key, String name, int content) {}

  final Map<Signal, RootRows> roots = new EnumMap<>(Signal.class);
  final Map<Signal, List<Truth>> truth = new EnumMap<>(Signal.class);
  private final Map<Signal, List<long[]>> children = new EnumMap<>(Signal.class);
  private final AttributeRows resources = new AttributeRows(PayloadType.RESOURCE_ATTRS);
  private final AttributeRows scopes = new AttributeRows(PayloadType.SCOPE_ATTRS);
  private final SimulatedSender sender;
  private long offset;
  private int rows;

  SimulatedExporter(SimulatedSender sender) {
    this.sender = sender;
  }

  SimulatedExporter run(int minRows) {
    for (int batches = 0; rows < minRows && batches < 400; batches++) {
      SimulatedSender.Sent sent = sender.next();
      append(sent.signal(), sent.batch());
    }
    return this;
  }

  private void append(Signal signal, SimulatedBatch batch) {
    RootRows table =
        roots.computeIfAbsent(
            signal,
            s -> {
              RootRows fresh = new RootRows(0);
              fresh.nextFile();
              return fresh;
            });
    for (Row x : batch.rows) {
      table.add(x.id() < 0 ? -1 : (int) (offset + x.id()), x.resource(), x.scope(), x.fields());
      truth
          .computeIfAbsent(signal, s -> new ArrayList<>())
          .add(new Truth(offset, text(x.resourceContent()), text(x.scopeContent())));
    }
    attributes(batch.resources, batch.sorted, resources);
    attributes(batch.scopes, batch.sorted, scopes);
    List<long[]> kids = children.computeIfAbsent(signal, s -> new ArrayList<>());
    for (Child c : batch.children) {
      kids.add(
          new long[] {
            c.id() < 0 ? -1 : offset + c.id(), c.parent() < 0 ? -1 : offset + c.parent()
          });
    }
    offset += Math.max(1, Math.max(batch.rootIds, batch.childIds));
    rows += batch.rows.size();
  }

  private void attributes(Map<Integer, Integer> sets, boolean sorted, AttributeRows out) {
    List<Attribute> all = new ArrayList<>();
    sets.forEach(
        (key, content) ->
            sender
                .names(content)
                .forEach(n -> all.add(new Attribute(offset + key, n, content(n, content)))));
    if (sorted) {
      all.sort(
          Comparator.comparing(Attribute::name)
              .thenComparing(a -> String.valueOf(a.content))
              .thenComparingLong(Attribute::key));
    }
    all.forEach(a -> out.add(a.key, a.name, a.content));
  }

  private static int content(String name, int content) {
    return name.equals("inserted") ? 1 : content;
  }

  private String text(int content) {
    List<String> parts = new ArrayList<>();
    sender.names(content).forEach(n -> parts.add(n + "=" + content(n, content)));
    parts.sort(null);
    return String.join(",", parts);
  }

  Evidence evidence() {
    Zones ids = Evidence.ids(roots.values());
    ChildIds childIds = new ChildIds(ids);
    for (List<long[]> table : children.values()) {
      childIds.nextTable();
      table.forEach(c -> childIds.add(c[0], c[1]));
    }
    return new Evidence(roots, ids, childIds, resources.sets(), scopes.sets(), true);
  }
}
