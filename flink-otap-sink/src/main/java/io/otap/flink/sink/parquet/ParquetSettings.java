/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.parquet.WriteOptions;
import java.io.Serializable;

/**
 * How the files of a writer are made.
 *
 * @param maxOpen trees open at once
 */
record ParquetSettings(WriteOptions files, int maxOpen) implements Serializable {

  ParquetSettings {
    if (maxOpen < 1) {
      throw new IllegalArgumentException("a writer has at least one partition open");
    }
  }
}
