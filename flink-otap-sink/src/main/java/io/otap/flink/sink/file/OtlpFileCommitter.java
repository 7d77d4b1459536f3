/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import java.io.IOException;
import java.util.ArrayList;
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
      commit(request.getCommittable().parts());
    }
  }

  /**
   * Once results are published, their parts are gone, and some file systems refuse to commit them
   * again: whether that matters shows when the results are looked at.
   */
  private void commit(List<PartFile> parts) throws IOException {
    List<IOException> refused = new ArrayList<>();
    for (PartFile part : parts) {
      try {
        commit(part);
      } catch (IOException e) {
        refused.add(e);
      }
    }
    try {
      results.publish(parts);
    } catch (IOException e) {
      refused.forEach(e::addSuppressed);
      throw e;
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
