/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What rolling sinks have in common.
 *
 * @param run the run for the names of files, or null for the id of the job
 * @param recoverable to how many checkpoints it must be possible to go back
 */
@Internal
public record RollingTarget(Path folder, RollingPolicy policy, String run, int recoverable)
    implements Serializable {

  /** Checkpoints to go back to, if not told otherwise. */
  public static final int RECOVERABLE = 10;

  public RollingTarget {
    if (run != null) {
      OutputName.requireRun(run);
    }
    if (recoverable < 1) {
      throw new IllegalArgumentException("a job goes back to one checkpoint at least");
    }
  }

  public Staging staging(WriterInitContext context) throws IOException {
    return new Staging(
        folder, run(context.getJobInfo()), context.getTaskInfo().getIndexOfThisSubtask());
  }

  public Committer<Publication> committer() throws IOException {
    return new PublicationCommitter(Staging.checkTarget(folder));
  }

  /** Names files between the writers and the committers. */
  public DataStream<CommittableMessage<Publication>> publications(
      DataStream<CommittableMessage<RolledOutput>> written) {
    return written.transform(
        "Name files",
        CommittableMessageTypeInfo.of(() -> PublicationSerializer.INSTANCE),
        new PublicationOperator(folder, run, recoverable));
  }

  private String run(JobInfo job) {
    return run == null ? job.getJobId().toString() : run;
  }
}
