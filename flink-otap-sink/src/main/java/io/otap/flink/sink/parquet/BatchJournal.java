/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapBatchCodec;
import io.otap.flink.sink.rolling.StagedPart;
import io.otap.flink.sink.rolling.StagedStream;
import io.otap.flink.sink.rolling.Staging;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.util.IOUtils;

/**
 * The batches between two checkpoints in a staged file: their byte forms one after the other,
 * lightly compressed. A writer that is restored reads them to have again what it had encoded.
 */
final class BatchJournal {

  private static final int LEVEL = 1;
  private static final int BUFFER = 1 << 16;

  private final StagedStream file;
  private final DataOutputStream out;

  BatchJournal(StagedStream file) throws IOException {
    this.file = file;
    this.out =
        new DataOutputStream(
            new BufferedOutputStream(
                new ZstdOutputStream(file, LEVEL).setCloseFrameOnFlush(false), BUFFER));
  }

  void append(OtapBatch batch) throws IOException {
    OtapBatchCodec.write(batch, out);
  }

  StagedPart finish() throws IOException {
    out.close();
    return file.finish();
  }

  void discard() {
    IOUtils.closeQuietly(out);
    file.discard();
  }

  /** Takes the batches of a journal. */
  interface Reader {
    void batch(OtapBatch batch) throws IOException;
  }

  static void read(Staging staging, StagedPart journal, Reader reader) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new ZstdInputStream(staging.open(journal)), BUFFER))) {
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        reader.batch(OtapBatchCodec.read(in));
      }
    }
  }
}
