/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * What a writer hands over at a checkpoint: one message, so that a writer's messages have an order.
 *
 * @param subtask subtask of the writer
 * @param subtasks number of writers
 * @param attempt checkpoint that the writer was restored from, 0 without; writers that run at the
 *     same time have the same one
 * @param last whether the writer's input has ended, so that nothing follows
 * @param parts parts closed since the last message
 */
@Internal
public record OtlpFileCommittable(
    int subtask, int subtasks, long attempt, boolean last, List<PartFile> parts) {

  public OtlpFileCommittable {
    parts = List.copyOf(parts);
  }
}
