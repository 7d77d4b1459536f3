/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.flatbuffers.Table;
import io.otap.core.error.OtapException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;

/**
 * One encapsulated message of Arrow IPC: a marker, the length of the metadata, the metadata, the
 * body.
 *
 * @param metadata the flatbuffer
 * @param bodyStart where the body begins in the record
 * @param bodyLength bytes of the body
 */
record IpcMessage(Message metadata, int bodyStart, int bodyLength) {

  static final int CONTINUATION = -1;

  /**
   * The header of the message, of the kind that its type names.
   *
   * @param into an empty object of that kind
   */
  <T extends Table> T header(T into) throws OtapException {
    if (metadata.header(into) == null) {
      throw WireErrors.broken("an Arrow message has no header");
    }
    return into;
  }

  /** Where the next message begins. */
  int end() {
    return bodyStart + bodyLength;
  }

  /**
   * The message that begins at a position; null at the end of the record, or at the marker for the
   * end of a stream.
   */
  static IpcMessage at(ByteBuffer record, int position) throws OtapException {
    int size = record.limit();
    if (position == size) {
      return null;
    }
    if (size - position < 8) {
      throw WireErrors.broken("an Arrow message is cut off after " + (size - position) + " bytes");
    }
    if (record.getInt(position) != CONTINUATION) {
      throw WireErrors.broken("an Arrow message does not begin with 0xFFFFFFFF");
    }
    int length = record.getInt(position + 4);
    if (length == 0) {
      return null;
    }
    int start = position + 8;
    if (length < 8 || length > size - start) {
      throw WireErrors.broken(
          "the metadata of an Arrow message claim " + Integer.toUnsignedString(length) + " bytes");
    }
    ByteBuffer buffer = record.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
    Message message = Message.getRootAsMessage(buffer);
    if (message.version() != MetadataVersion.V5 && message.version() != MetadataVersion.V4) {
      throw WireErrors.broken("Arrow metadata have version number " + message.version());
    }
    long body = message.bodyLength();
    if (body < 0 || body > size - start - length) {
      throw WireErrors.broken("the body of an Arrow message claims " + body + " bytes");
    }
    return new IpcMessage(message, start + length, (int) body);
  }
}
