/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.sink.rolling.Publication;
import io.otap.flink.sink.rolling.PublicationSerializer;
import io.otap.flink.sink.rolling.RolledOutput;
import io.otap.flink.sink.rolling.RolledOutputSerializer;
import io.otap.flink.sink.rolling.RollingTarget;
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
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Writes batches as OTLP, continuously: files of {@code Export…ServiceRequest} messages of one
 * signal, each behind its length as a varint. The files of a signal, one after the other in any
 * order, are the output.
 *
 * <pre>{@code
 * batches.sinkTo(
 *     OtlpFileSink.to(new Path("/data/otlp"))
 *         .rolling(RollingPolicy.DEFAULT.withMaxBytes(64 << 20))
 *         .build());
 * }</pre>
 *
 * <p>Exactly once, given checkpoints: a file appears when a checkpoint has succeeded that holds it
 * as complete. Without checkpoints files appear at the end of the input. Names are {@code
 * <signal>-<uuid>.<run>.<subtask>.<checkpoint>.<counter>.binpb}, see {@link
 * io.otap.flink.sink.rolling.OutputName}. What is not complete lies in hidden folders {@code
 * .staging-<run>-<subtask>}, parts of published files for some checkpoints more; remove them only
 * when the job will not be restored.
 *
 * <p>{@code numRecordsSend} counts telemetry records: logs, spans and metrics, not batches; {@code
 * numBytesSend} counts the bytes of the files.
 */
@PublicEvolving
public final class RollingOtlpFileSink
    implements Sink<OtapBatch>,
        SupportsWriterState<OtapBatch, OpenFile>,
        SupportsCommitter<Publication>,
        SupportsPreCommitTopology<RolledOutput, Publication> {

  private static final long serialVersionUID = 1L;

  private final RollingTarget target;

  RollingOtlpFileSink(RollingTarget target) {
    this.target = target;
  }

  @Override
  public StatefulSinkWriter<OtapBatch, OpenFile> createWriter(WriterInitContext context)
      throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<OtapBatch, OpenFile> restoreWriter(
      WriterInitContext context, Collection<OpenFile> restored) throws IOException {
    return new RollingOtlpFileWriter(
        target.staging(context),
        target.policy(),
        restored,
        context.getProcessingTimeService(),
        context.metricGroup());
  }

  @Override
  public SimpleVersionedSerializer<OpenFile> getWriterStateSerializer() {
    return OpenFileSerializer.INSTANCE;
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
