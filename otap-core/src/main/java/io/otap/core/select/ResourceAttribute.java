/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;
import java.util.Set;
import java.util.TreeSet;

/**
 * The record's resource has an attribute with one of some strings. An attribute with this key that
 * is no string passes, too: how it would be written is the caller's matter. A record whose resource
 * is not known has none.
 *
 * @param key as {@code service.name}
 */
@PublicEvolving
public record ResourceAttribute(String key, Set<String> values) implements RootCondition {

  private static final long serialVersionUID = 1L;

  public ResourceAttribute {
    values = Set.copyOf(values);
  }

  @Override
  public String toString() {
    return "resource['" + key + "'] in " + new TreeSet<>(values);
  }
}
