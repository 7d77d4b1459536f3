/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator tells a reader which of its splits no checkpoint is in doubt about any more, so
 * that the reader can forget them when they are finished.
 *
 * @param ids ids of splits
 */
@Internal
public record SplitsSettled(List<String> ids) implements SourceEvent {

  public SplitsSettled {
    ids = List.copyOf(ids);
  }
}
