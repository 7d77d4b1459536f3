/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;

/**
 * A Parquet file of the exporter and what one read of its footer tells. A range is null where no
 * row has a value or the table has no such column.
 *
 * @param partition the {@code _part_id}; empty in an unpartitioned tree
 * @param path path as {@link io.otap.core.storage.Storage} takes it
 * @param length bytes of the file
 * @param ids range of {@code id}
 * @param parentIds range of {@code parent_id}
 * @param resourceIds range of {@code resource.id}
 * @param scopeIds range of {@code scope.id}
 * @param times range of the record's event time in nanoseconds, zeros included
 */
@Internal
public record DataFile(
    PayloadType table,
    String partition,
    String path,
    long length,
    long rows,
    IdRange ids,
    IdRange parentIds,
    IdRange resourceIds,
    IdRange scopeIds,
    IdRange times) {

  /** Of the path alone: planning looks files up often. */
  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** The largest of its ids and parent ids; -1 if it has none. */
  public long largestId() {
    long own = ids == null ? -1 : ids.max();
    return parentIds == null ? own : Math.max(own, parentIds.max());
  }

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
