/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;
import java.util.Set;
import java.util.TreeSet;

/**
 * The record comes from one of some partitions. Files of others are not opened.
 *
 * @param ids as in the folders' names behind {@code _part_id=}; empty for a tree without them
 */
@PublicEvolving
public record Partitions(Set<String> ids) implements RootCondition {

  private static final long serialVersionUID = 1L;

  public Partitions {
    ids = Set.copyOf(ids);
  }

  @Override
  public String toString() {
    return "part_id in " + new TreeSet<>(ids);
  }
}
