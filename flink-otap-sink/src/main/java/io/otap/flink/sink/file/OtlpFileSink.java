/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Writes batches of a bounded job as OTLP: one file per signal, {@code logs.binpb}, {@code
 * traces.binpb}, {@code metrics.binpb}, of {@code Export…ServiceRequest} messages, each behind its
 * length as a varint.
 *
 * <pre>{@code
 * batches.sinkTo(OtlpFileSink.to(new Path("/data/otlp")).build());
 * }</pre>
 *
 * <p>Exactly once: the files appear when all input is written, and not at all if the job fails.
 * Until then everything lies in a hidden folder {@code .staging-<job id>} beside them, which a
 * failed job leaves behind.
 */
@PublicEvolving
public final class OtlpFileSink
    implements Sink<OtapBatch>,
        SupportsCommitter<OtlpFileCommittable>,
        SupportsPreCommitTopology<OtlpFileCommittable, OtlpFileCommittable> {

  private static final long serialVersionUID = 1L;

  private final Path folder;
  private final boolean overwrite;

  OtlpFileSink(Path folder, boolean overwrite) {
    this.folder = folder;
    this.overwrite = overwrite;
  }

  /** A sink to this folder, which is made if it is not there. */
  public static OtlpFileSinkBuilder to(Path folder) {
    return new OtlpFileSinkBuilder(folder);
  }

  /**
   * Refuses a folder that has a result already.
   *
   * @param overwrite whether results may be replaced
   * @throws OtapException of kind CONFIG if the folder cannot take the results
   */
  public static void checkTarget(Path folder, Collection<Signal> signals, boolean overwrite)
      throws IOException {
    FileSystem fileSystem = folder.getFileSystem();
    if (fileSystem.exists(folder) && !fileSystem.getFileStatus(folder).isDir()) {
      throw OtapException.of(
          OtapErrorKind.CONFIG, "the target " + folder + " is a file; give a folder");
    }
    for (Signal signal : signals) {
      Path result = ResultFiles.of(folder, signal);
      if (!overwrite && fileSystem.exists(result)) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "the target has a result already: "
                + result
                + "; remove it, give another folder, or set overwrite (--overwrite)");
      }
    }
  }

  @Override
  public SinkWriter<OtapBatch> createWriter(WriterInitContext context) throws IOException {
    return new OtlpFileWriter(staging(folder, context.getJobInfo()), context);
  }

  @Override
  public Committer<OtlpFileCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return new OtlpFileCommitter(
        new ResultFiles(folder, staging(folder, context.getJobInfo()), overwrite));
  }

  @Override
  public SimpleVersionedSerializer<OtlpFileCommittable> getCommittableSerializer() {
    return OtlpFileCommittableSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<OtlpFileCommittable> getWriteResultSerializer() {
    return OtlpFileCommittableSerializer.INSTANCE;
  }

  /** All parts meet in one place; the one committable that comes of them goes to one committer. */
  @Override
  public DataStream<CommittableMessage<OtlpFileCommittable>> addPreCommitTopology(
      DataStream<CommittableMessage<OtlpFileCommittable>> written) {
    return written
        .global()
        .transform(
            "Collect parts",
            CommittableMessageTypeInfo.of(this::getCommittableSerializer),
            new PartCollector())
        .setParallelism(1)
        .setMaxParallelism(1)
        .global();
  }

  static Path staging(Path folder, JobInfo job) {
    return new Path(folder, ".staging-" + job.getJobId());
  }
}
