/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.suite;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpDecoder;
import io.otap.flink.sink.file.OpenFile;
import io.otap.flink.sink.file.RollingOtlpFileSink;
import io.otap.flink.sink.rolling.Publication;
import io.otap.flink.sink.rolling.RolledOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The rolling sink of OTLP files for lines of text, each the body of a log. */
record TextSink(RollingOtlpFileSink sink)
    implements Sink<String>,
        SupportsWriterState<String, OpenFile>,
        SupportsCommitter<Publication>,
        SupportsPreCommitTopology<RolledOutput, Publication> {

  static String text(LogRecord log) {
    return log.getBody().getStringValue();
  }

  private static OtapBatch batch(String text) throws IOException {
    LogRecord log =
        LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(text)).build();
    return OtlpDecoder.decode(
            ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                    ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
                .build())
        .get(0);
  }

  @Override
  public StatefulSinkWriter<String, OpenFile> createWriter(WriterInitContext context)
      throws IOException {
    return new TextWriter(sink.createWriter(context));
  }

  @Override
  public StatefulSinkWriter<String, OpenFile> restoreWriter(
      WriterInitContext context, Collection<OpenFile> restored) throws IOException {
    return new TextWriter(sink.restoreWriter(context, restored));
  }

  @Override
  public SimpleVersionedSerializer<OpenFile> getWriterStateSerializer() {
    return sink.getWriterStateSerializer();
  }

  @Override
  public Committer<Publication> createCommitter(CommitterInitContext context) throws IOException {
    return sink.createCommitter(context);
  }

  @Override
  public SimpleVersionedSerializer<Publication> getCommittableSerializer() {
    return sink.getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<RolledOutput> getWriteResultSerializer() {
    return sink.getWriteResultSerializer();
  }

  @Override
  public DataStream<CommittableMessage<Publication>> addPreCommitTopology(
      DataStream<CommittableMessage<RolledOutput>> written) {
    return sink.addPreCommitTopology(written);
  }

  private record TextWriter(StatefulSinkWriter<OtapBatch, OpenFile> writer)
      implements StatefulSinkWriter<String, OpenFile>, CommittingSinkWriter<String, RolledOutput> {

    @Override
    public void write(String text, Context context) throws IOException, InterruptedException {
      writer.write(batch(text), context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      writer.flush(endOfInput);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Collection<RolledOutput> prepareCommit() throws IOException, InterruptedException {
      return ((CommittingSinkWriter<OtapBatch, RolledOutput>) writer).prepareCommit();
    }

    @Override
    public List<OpenFile> snapshotState(long checkpointId) throws IOException {
      return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() throws Exception {
      writer.close();
    }
  }
}
