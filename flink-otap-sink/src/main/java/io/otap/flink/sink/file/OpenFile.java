/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import io.otap.flink.sink.rolling.StagedPart;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * A file that is not complete yet, as a checkpoint knows it.
 *
 * @param parts what was written of it, a part for each checkpoint
 * @param opened when its first batch was written; milliseconds since 1970
 * @param touched when its last batch was written
 */
@Internal
public record OpenFile(Signal signal, List<StagedPart> parts, long opened, long touched) {

  public OpenFile {
    parts = List.copyOf(parts);
  }
}
