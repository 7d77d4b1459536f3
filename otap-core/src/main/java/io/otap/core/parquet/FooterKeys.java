/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.Internal;

/** Keys in the metadata of a file's footer that this project gives a meaning. */
@Internal
public final class FooterKeys {

  /** How {@code resource.id} and {@code scope.id} count (docs/RECOVERY.md 10). */
  public static final String NESTED_IDS = "otap.nested-ids";

  /** In the whole partition: they are the {@code parent_id}s of the shared tables. */
  public static final String NESTED_IDS_GLOBAL = "global";

  private FooterKeys() {}
}
