/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;

/**
 * Commits the parts of a whole job and publishes the results that they give. What was done before
 * is done again without effect.
 */
@Internal
public final class OtlpFileCommitter implements Committer<OtlpFileCommittable> {

  private final ResultFiles results;

  public OtlpFileCommitter(ResultFiles results) {
    this.results = results;
  }

  @Override
  public void commit(Collection<CommitRequest<OtlpFileCommittable>> requests) throws IOException {
    for (CommitRequest<OtlpFileCommittable> request : requests) {
      List<PartFile> parts = request.getCommittable().parts();
      for (PartFile part : parts) {
        commit(part);
      }
      results.publish(parts);
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
