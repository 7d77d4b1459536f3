/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** Puts messages of Arrow IPC one behind the other, without a marker for the end. */
final class IpcWriter {

  private final FlatBufferBuilder metadata = new FlatBufferBuilder(4096);
  private byte[] record = new byte[1 << 16];
  private int size;

  void begin() {
    size = 0;
  }

  byte[] finish() {
    return Arrays.copyOf(record, size);
  }

  void schema(WireSchema schema) {
    metadata.clear();
    int header = new SchemaWriter(metadata).write(schema);
    message(MessageHeader.Schema, header, null);
  }

  void dictionary(long id, boolean delta, int entries, BodyWriter body) {
    metadata.clear();
    int data = batch(entries, body);
    int header = DictionaryBatch.createDictionaryBatch(metadata, id, data, delta);
    message(MessageHeader.DictionaryBatch, header, body);
  }

  void rows(int rows, BodyWriter body) {
    metadata.clear();
    message(MessageHeader.RecordBatch, batch(rows, body), body);
  }

  private int batch(int rows, BodyWriter body) {
    int nodes = body.nodes();
    RecordBatch.startNodesVector(metadata, nodes);
    for (int i = nodes - 1; i >= 0; i--) {
      FieldNode.createFieldNode(metadata, body.nodeLength(i), body.nodeNulls(i));
    }
    int nodesAt = metadata.endVector();
    int buffers = body.buffers();
    RecordBatch.startBuffersVector(metadata, buffers);
    for (int i = buffers - 1; i >= 0; i--) {
      Buffer.createBuffer(metadata, body.bufferOffset(i), body.bufferLength(i));
    }
    int buffersAt = metadata.endVector();
    int compression = 0;
    if (body.isCompressed()) {
      compression =
          BodyCompression.createBodyCompression(
              metadata, CompressionType.ZSTD, BodyCompressionMethod.BUFFER);
    }
    RecordBatch.startRecordBatch(metadata);
    RecordBatch.addLength(metadata, rows);
    RecordBatch.addNodes(metadata, nodesAt);
    RecordBatch.addBuffers(metadata, buffersAt);
    if (compression != 0) {
      RecordBatch.addCompression(metadata, compression);
    }
    return RecordBatch.endRecordBatch(metadata);
  }

  private void message(byte type, int header, BodyWriter body) {
    int bodyLength = body == null ? 0 : body.size();
    metadata.finish(
        Message.createMessage(metadata, MetadataVersion.V5, type, header, bodyLength, 0));
    ByteBuffer buffer = metadata.dataBuffer();
    int length = buffer.remaining();
    int padded = length + 7 & -8;
    int needed = Math.addExact(size, Math.addExact(8 + padded, bodyLength));
    if (needed > record.length) {
      record = Arrays.copyOf(record, (int) Math.min(Integer.MAX_VALUE - 8, 2L * needed));
    }
    ByteBuffer out = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(size, IpcMessage.CONTINUATION);
    out.putInt(size + 4, padded);
    buffer.get(record, size + 8, length);
    Arrays.fill(record, size + 8 + length, size + 8 + padded, (byte) 0);
    size += 8 + padded;
    if (body != null) {
      System.arraycopy(body.body(), 0, record, size, bodyLength);
      size += bodyLength;
    }
  }
}
