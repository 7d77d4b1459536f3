/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.sink.file.OtlpFileCommittable;
import io.otap.flink.sink.file.OtlpFileSink;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A sink whose writers fail while they write and prepare, and its committer around a commit. */
record FailingSink(
    OtlpFileSink sink,
    FailingOnce<OtapBatch> writing,
    FailingOnce<String> preparing,
    FailingOnce<String> beforeCommit,
    FailingOnce<String> afterCommit)
    implements Sink<OtapBatch>,
        SupportsCommitter<OtlpFileCommittable>,
        SupportsPreCommitTopology<OtlpFileCommittable, OtlpFileCommittable> {

  @Override
  @SuppressWarnings("unchecked")
  public SinkWriter<OtapBatch> createWriter(WriterInitContext context) throws IOException {
    var writer = (CommittingSinkWriter<OtapBatch, OtlpFileCommittable>) sink.createWriter(context);
    return new CommittingSinkWriter<OtapBatch, OtlpFileCommittable>() {

      @Override
      public void write(OtapBatch batch, Context context) throws IOException, InterruptedException {
        writer.write(writing.map(batch), context);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
      }

      @Override
      public Collection<OtlpFileCommittable> prepareCommit()
          throws IOException, InterruptedException {
        Collection<OtlpFileCommittable> prepared = writer.prepareCommit();
        preparing.map("prepare");
        return prepared;
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }

  @Override
  public Committer<OtlpFileCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    Committer<OtlpFileCommittable> committer = sink.createCommitter(context);
    return new Committer<>() {

      @Override
      public void commit(Collection<CommitRequest<OtlpFileCommittable>> requests)
          throws IOException, InterruptedException {
        beforeCommit.map("commit");
        committer.commit(requests);
        afterCommit.map("committed");
      }

      @Override
      public void close() throws Exception {
        committer.close();
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<OtlpFileCommittable> getCommittableSerializer() {
    return sink.getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<OtlpFileCommittable> getWriteResultSerializer() {
    return sink.getWriteResultSerializer();
  }

  @Override
  public DataStream<CommittableMessage<OtlpFileCommittable>> addPreCommitTopology(
      DataStream<CommittableMessage<OtlpFileCommittable>> written) {
    return sink.addPreCommitTopology(written);
  }
}
