/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.rolling.Publication;
import io.otap.flink.sink.rolling.PublicationSerializer;
import io.otap.flink.sink.rolling.RolledOutput;
import io.otap.flink.sink.rolling.RolledOutputSerializer;
import io.otap.flink.sink.rolling.RollingTarget;
import io.otap.flink.sink.rolling.Staging;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Writes batches of any signals as a tree of OTAP Parquet files: the layout of the exporter, but
 * complete, see {@link io.otap.core.export.OtapParquetWriter}. {@code OtapSource} and every query
 * engine read it.
 *
 * <pre>{@code
 * batches.sinkTo(
 *     OtapParquetSink.to(new Path("/data/telemetry"))
 *         .setPartitionColumns(PartitionColumn.eventDate())
 *         .build());
 * }</pre>
 *
 * <p>Exactly once, given checkpoints: the files of all tables appear when a checkpoint has
 * succeeded that holds them as complete, child tables before root tables. Without checkpoints they
 * appear at the end of the input. Names are {@code
 * part-<milliseconds>-<uuid>.<run>.<subtask>.<checkpoint>.<counter>.parquet}, see {@link
 * io.otap.flink.sink.rolling.OutputName}. What is not complete lies in hidden folders {@code
 * .staging-<run>-<subtask>}, journals of published files for some checkpoints more; remove them
 * only when the job will not be restored.
 *
 * <p>{@code numRecordsSend} counts telemetry records: logs, spans and metrics, not batches or rows
 * of child tables; {@code numBytesSend} counts the bytes of the Parquet files that are complete.
 */
@PublicEvolving
public final class OtapParquetSink
    implements Sink<OtapBatch>,
        SupportsWriterState<OtapBatch, OpenFiles>,
        SupportsCommitter<Publication>,
        SupportsPreCommitTopology<RolledOutput, Publication> {

  private static final long serialVersionUID = 1L;

  private final RollingTarget target;
  private final Partitioning partitioning;
  private final ParquetSettings settings;

  OtapParquetSink(RollingTarget target, Partitioning partitioning, ParquetSettings settings) {
    this.target = target;
    this.partitioning = partitioning;
    this.settings = settings;
  }

  /** A sink to this folder, which is made if it is not there. */
  public static OtapParquetSinkBuilder to(Path folder) {
    return new OtapParquetSinkBuilder(folder);
  }

  /**
   * Refuses a folder that cannot take a tree of its own, because something visible is in it. A job
   * that adds to a tree does without this check.
   *
   * @throws OtapException of kind CONFIG
   */
  public static void checkTarget(Path folder) throws IOException {
    FileSystem files = Staging.checkTarget(folder);
    if (!files.exists(folder)) {
      return;
    }
    for (FileStatus entry : files.listStatus(folder)) {
      if (!entry.getPath().getName().startsWith(".")) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "the target has something in it already: "
                + entry.getPath()
                + "; remove it, or give another folder");
      }
    }
  }

  @Override
  public StatefulSinkWriter<OtapBatch, OpenFiles> createWriter(WriterInitContext context)
      throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<OtapBatch, OpenFiles> restoreWriter(
      WriterInitContext context, Collection<OpenFiles> restored) throws IOException {
    Staging staging = target.staging(context);
    return new OtapParquetSinkWriter(
        staging,
        new OpenTrees(staging, partitioning, settings),
        target.policy(),
        restored,
        context.getProcessingTimeService(),
        context.metricGroup());
  }

  @Override
  public SimpleVersionedSerializer<OpenFiles> getWriterStateSerializer() {
    return OpenFilesSerializer.INSTANCE;
  }

  @Override
  public Committer<Publication> createCommitter(CommitterInitContext context) throws IOException {
    return target.committer();
  }

  @Override
  public SimpleVersionedSerializer<Publication> getCommittableSerializer() {
    return PublicationSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<RolledOutput> getWriteResultSerializer() {
    return RolledOutputSerializer.INSTANCE;
  }

  @Override
  public DataStream<CommittableMessage<Publication>> addPreCommitTopology(
      DataStream<CommittableMessage<RolledOutput>> written) {
    return target.publications(written);
  }
}
