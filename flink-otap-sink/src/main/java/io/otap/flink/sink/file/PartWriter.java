/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** An open part: messages, each behind its length as a varint. */
final class PartWriter {

  private final Signal signal;
  private final Path path;
  private final RecoverableFsDataOutputStream out;
  private final SimpleVersionedSerializer<RecoverableWriter.CommitRecoverable> serializer;
  private final byte[] prefix = new byte[5];
  private long length;

  PartWriter(Signal signal, Path path, RecoverableWriter files) throws IOException {
    this.signal = signal;
    this.path = path;
    this.out = files.open(path);
    this.serializer = files.getCommitRecoverableSerializer();
  }

  /** Returns the bytes that the message takes. */
  int write(byte[] message) throws IOException {
    int size = 0;
    int rest = message.length;
    while (rest > 0x7f) {
      prefix[size++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    prefix[size++] = (byte) rest;
    out.write(prefix, 0, size);
    out.write(message);
    length += size + message.length;
    return size + message.length;
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
