/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;

/**
 * The distinct attribute sets of a shared table (resources or scopes): each content once, however
 * often it was written. Sets with the same attributes in any order have the same number.
 */
@Internal
public final class AttributeSets {

  /**
   * The attributes of these sets as a table of RESOURCE_ATTRS or SCOPE_ATTRS, {@code parent_id}
   * being the index into {@code sets}; null if there is no row.
   */
  public OtapTable table(int[] sets) {
    throw new UnsupportedOperationException();
  }
}
