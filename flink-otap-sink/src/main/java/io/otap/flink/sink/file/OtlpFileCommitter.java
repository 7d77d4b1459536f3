/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;

/** Makes parts final in the staging folder. A part that is already final stays as it is. */
@Internal
public final class OtlpFileCommitter implements Committer<OtlpFileCommittable> {

  @Override
  public void commit(Collection<CommitRequest<OtlpFileCommittable>> requests) throws IOException {
    for (CommitRequest<OtlpFileCommittable> request : requests) {
      for (PartFile part : request.getCommittable().parts()) {
        commit(part);
      }
    }
  }

  private static void commit(PartFile part) throws IOException {
    RecoverableWriter files = new Path(part.path()).getFileSystem().createRecoverableWriter();
    RecoverableWriter.CommitRecoverable recoverable =
        files
            .getCommitRecoverableSerializer()
            .deserialize(part.recoverableVersion(), part.recoverable());
    files.recoverForCommit(recoverable).commitAfterRecovery();
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
