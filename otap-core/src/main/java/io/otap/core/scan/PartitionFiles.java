/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of a partition, found by the ids in them. */
final class PartitionFiles {

  private final RangeIndex byId;
  private final RangeIndex byParent;
  private final Map<PayloadType, RangeIndex> byParentOfTable = new EnumMap<>(PayloadType.class);
  private final List<DataFile> rootsWithoutIds;

  PartitionFiles(Collection<DataFile> files) {
    List<DataFile> filled = files.stream().filter(file -> file.rows() > 0).toList();
    byId = new RangeIndex(filled, DataFile::ids);
    byParent = new RangeIndex(filled, DataFile::parentIds);
    files.stream()
        .filter(file -> file.table().isShared() || file.table().level() >= 2)
        .collect(Collectors.groupingBy(DataFile::table))
        .forEach(
            (table, ofTable) ->
                byParentOfTable.put(table, new RangeIndex(ofTable, DataFile::parentIds)));
    rootsWithoutIds =
        filled.stream().filter(file -> file.table().isRoot() && file.ids() == null).toList();
  }

  /**
   * What can matter to a root file, by table and in order, the file itself left out.
   *
   * @param window ids around the file in which others are evidence
   */
  List<DataFile> around(DataFile root, Signal signal, IdRange window) {
    Set<DataFile> chosen = new LinkedHashSet<>(rootsWithoutIds);
    byId.meeting(window, chosen::add);
    byParent.meeting(window, chosen::add);
    addOwners(PayloadType.RESOURCE_ATTRS, root.resourceIds(), chosen);
    addOwners(PayloadType.SCOPE_ATTRS, root.scopeIds(), chosen);
    for (PayloadType table : PayloadType.of(signal)) {
      if (table.level() >= 2 && byParentOfTable.containsKey(table)) {
        for (DataFile parent : List.copyOf(chosen)) {
          if (parent.table() == table.parent() && parent.ids() != null) {
            byParentOfTable.get(table).meeting(parent.ids(), chosen::add);
          }
        }
      }
    }
    chosen.remove(root);
    Map<PayloadType, List<DataFile>> byTable = new EnumMap<>(PayloadType.class);
    chosen.forEach(f -> byTable.computeIfAbsent(f.table(), t -> new ArrayList<>()).add(f));
    List<DataFile> inputs = new ArrayList<>();
    byTable.values().forEach(files -> inputs.addAll(FileOrder.of(files)));
    return inputs;
  }

  /**
   * Adds the shared files that can hold attributes of a root file whose nested ids count in the
   * whole sequence, as those above 16 bits do. They may lie far from the ids of the rows, because
   * rows without ids have resources, too.
   */
  private void addOwners(PayloadType shared, IdRange nested, Set<DataFile> chosen) {
    if (nested != null
        && nested.max() > SplitPlanner.LARGEST_NESTED_ID
        && byParentOfTable.containsKey(shared)) {
      byParentOfTable
          .get(shared)
          .meeting(
              nested,
              file -> {
                if (file.rows() > 0) {
                  chosen.add(file);
                }
              });
    }
  }
}
