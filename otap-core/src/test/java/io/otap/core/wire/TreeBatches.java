/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.protobuf.MessageLite;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRequests;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The batches of a Parquet tree, read as the source reads them. */
public final class TreeBatches {

  private TreeBatches() {}

  /**
   * @param records no further batch is read when there are so many
   */
  public static List<OtapBatch> read(String tree, Signal signal, int batchSize, int records)
      throws IOException {
    Storage storage = new LocalStorage();
    ReadOptions options =
        new ReadOptions(batchSize, 64 << 20, RecoveryPolicy.LIKELY, false, 1L << 30);
    List<OtapBatch> out = new ArrayList<>();
    int left = records;
    for (SplitPlan plan :
        SplitPlanner.plan(
            OtapTree.list(storage, tree), EnumSet.of(signal), Long.MAX_VALUE / 2, options)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
        OtapBatch batch = reader.next();
        while (batch != null && left > 0) {
          out.add(batch);
          left -= batch.rows();
          batch = reader.next();
        }
      }
    }
    return out;
  }

  /** Writes a request for each batch. */
  static void writeOtlp(Signal signal, List<OtapBatch> batches, Path file) throws IOException {
    List<MessageLite> requests = new ArrayList<>();
    for (OtapBatch batch : batches) {
      requests.add(OtlpRequests.parse(OtlpFiles.parser(signal), OtlpEncoder.encode(batch)));
    }
    OtlpFiles.write(file, requests);
  }
}
