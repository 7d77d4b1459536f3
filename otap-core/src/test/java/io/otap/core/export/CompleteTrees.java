/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the requests of every recorded set as a tree of the complete flavour, for other readers to
 * join. The argument is the folder to write to.
 */
public final class CompleteTrees {

  private CompleteTrees() {}

  public static void main(String[] args) throws IOException {
    for (String set : TestData.sets()) {
      Path tree = Path.of(args[0]).resolve(set);
      try (OtapParquetWriter writer =
          new OtapParquetWriter(new LocalTarget(tree), ExportOptions.DEFAULT)) {
        for (Signal signal : Signal.values()) {
          for (MessageLite request : OtlpFiles.read(TestData.expected(set), signal)) {
            for (OtapBatch batch : Worlds.decode(request)) {
              writer.write(batch);
            }
          }
        }
        writer.roll();
      }
    }
  }
}
