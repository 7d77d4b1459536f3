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
 * @param earliest when the records begin that the reader has to read now, as in {@link SplitsHeld}
 */
@Internal
public record SplitsFinished(List<String> ids, long earliest) implements SourceEvent {

  public SplitsFinished {
    ids = List.copyOf(ids);
  }
}
