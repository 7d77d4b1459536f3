/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader tells which splits it has read to their end.
 *
 * @param ids ids of splits
 */
@Internal
public record SplitsFinished(List<String> ids) implements SourceEvent {

  public SplitsFinished {
    ids = List.copyOf(ids);
  }
}
