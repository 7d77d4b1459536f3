/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Parts: between writers and collector those closed since the last checkpoint, between collector
 * and committer all of the job.
 */
@Internal
public record OtlpFileCommittable(List<PartFile> parts) {

  public OtlpFileCommittable {
    parts = List.copyOf(parts);
  }
}
