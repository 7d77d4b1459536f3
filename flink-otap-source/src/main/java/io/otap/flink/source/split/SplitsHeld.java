/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader tells which splits it holds: those that it was given since it told last, or, when it
 * starts, all that its state had, finished ones included.
 *
 * @param ids ids of splits
 * @param earliest when the records begin that the reader has to read, in nanoseconds since 1970;
 *     the largest number if there are none
 * @param restored whether the reader has just started; what is not named then, it has never had in
 *     the checkpoint that it starts from
 */
@Internal
public record SplitsHeld(List<String> ids, long earliest, boolean restored) implements SourceEvent {

  public SplitsHeld {
    ids = List.copyOf(ids);
  }
}
