/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;

/**
 * A Parquet file as a listing shows it.
 *
 * @param partition the {@code _part_id}; empty in an unpartitioned tree
 * @param path path as {@link io.otap.core.storage.Storage} takes it
 * @param length bytes
 * @param modified milliseconds since 1970 of the last change by the storage's clock, 0 if unknown
 */
@Internal
public record ListedFile(
    PayloadType table, String partition, String path, long length, long modified) {

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
