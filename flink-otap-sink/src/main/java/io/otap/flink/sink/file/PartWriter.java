/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpBuffer;
import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** An open part: requests, each behind its length as a varint. */
final class PartWriter {

  private final Signal signal;
  private final Path path;
  private final RecoverableFsDataOutputStream out;
  private final SimpleVersionedSerializer<RecoverableWriter.CommitRecoverable> serializer;
  private long length;

  PartWriter(Signal signal, Path path, RecoverableWriter files) throws IOException {
    this.signal = signal;
    this.path = path;
    this.out = files.open(path);
    this.serializer = files.getCommitRecoverableSerializer();
  }

  /** Returns the bytes that the request takes. */
  int write(OtlpBuffer request) throws IOException {
    int size = request.writeDelimited(out);
    length += size;
    return size;
  }

  PartFile closeForCommit() throws IOException {
    RecoverableWriter.CommitRecoverable recoverable = out.closeForCommit().getRecoverable();
    return new PartFile(
        signal,
        path.toString(),
        length,
        serializer.getVersion(),
        serializer.serialize(recoverable));
  }

  void abort() throws IOException {
    out.close();
  }
}
