/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;

/** Closed parts with some text. */
final class TestParts {

  private TestParts() {}

  static PartFile part(Path staging, Signal signal, String name, String text) throws IOException {
    staging.getFileSystem().mkdirs(staging);
    RecoverableWriter files = staging.getFileSystem().createRecoverableWriter();
    Path path = new Path(staging, signal.id() + "-" + name);
    RecoverableFsDataOutputStream out = files.open(path);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    RecoverableWriter.CommitRecoverable recoverable = out.closeForCommit().getRecoverable();
    return new PartFile(
        signal,
        path.toString(),
        bytes.length,
        files.getCommitRecoverableSerializer().getVersion(),
        files.getCommitRecoverableSerializer().serialize(recoverable));
  }
}
