/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.flink.sink.rolling.StagedPart;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Files that are not complete yet, as a checkpoint knows them: by the batches that are in them.
 *
 * @param journals the batches, in staged files
 * @param opened when the first batch was written; milliseconds since 1970
 * @param touched when the last batch was written
 */
@Internal
public record OpenFiles(List<StagedPart> journals, long opened, long touched) {

  public OpenFiles {
    journals = List.copyOf(journals);
  }
}
