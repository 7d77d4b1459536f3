/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.AttributeType;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.ResourceAttribute;
import java.util.BitSet;
import java.util.List;

/** The rows of a root file whose resources meet conditions on their attributes. */
final class ResourceChoice {

  private final List<ResourceAttribute> conditions;
  private final RecoveredRoots recovered;
  private final BitSet known = new BitSet();
  private final BitSet holds = new BitSet();

  private ResourceChoice(List<ResourceAttribute> conditions, RecoveredRoots recovered) {
    this.conditions = conditions;
    this.recovered = recovered;
  }

  static RowRanges of(SplitPlan plan, RecoveredRoots recovered) {
    List<ResourceAttribute> conditions =
        plan.options().selection().conditions().stream()
            .filter(ResourceAttribute.class::isInstance)
            .map(ResourceAttribute.class::cast)
            .toList();
    if (conditions.isEmpty()) {
      return RowRanges.of(0, plan.root().rows());
    }
    ResourceChoice choice = new ResourceChoice(conditions, recovered);
    RowRanges rows = new RowRanges();
    for (int run = 0; run < recovered.runs(); run++) {
      int set = recovered.resourceSet(run);
      boolean filled = plan.options().recovery().fills(recovered.resourceClass(run));
      if (set >= 0 && filled && choice.holds(set)) {
        rows.add(recovered.firstRow(run), recovered.firstRow(run + 1));
      }
    }
    return rows;
  }

  private boolean holds(int set) {
    if (!known.get(set)) {
      known.set(set);
      OtapTable attributes = recovered.resources().table(new int[] {set});
      holds.set(
          set,
          attributes != null
              && conditions.stream().allMatch(condition -> holds(condition, attributes)));
    }
    return holds.get(set);
  }

  private static boolean holds(ResourceAttribute condition, OtapTable attributes) {
    ByteVector types = attributes.byteVector("type");
    for (int row = 0; row < attributes.rows(); row++) {
      if (attributes.binaryVector("key").string(row).equals(condition.key())) {
        boolean string = types.get(row) == AttributeType.STRING.code();
        var strings = attributes.binaryVector("str");
        String value = strings == null ? "" : strings.string(row);
        if (!string || condition.values().contains(value)) {
          return true;
        }
      }
    }
    return false;
  }
}
