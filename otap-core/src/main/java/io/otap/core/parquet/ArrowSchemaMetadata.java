/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;

/**
 * The metadata of the Arrow schema that writers embed as {@code ARROW:schema}: base64 of an
 * encapsulated IPC message. Nothing else of that schema is used, because its types can be narrower
 * than the data.
 */
final class ArrowSchemaMetadata {

  static final String KEY = "ARROW:schema";

  private static final int CONTINUATION = -1;

  private ArrowSchemaMetadata() {}

  /**
   * The key-value pairs; empty if the text is not such a message, because reading does not need it.
   */
  static Map<String, String> parse(String text) {
    if (text == null) {
      return Map.of();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      boolean prefixed = buffer.getInt(0) == CONTINUATION;
      buffer.position(prefixed ? 8 : 4);
      Message message = Message.getRootAsMessage(buffer);
      if (message.headerType() != MessageHeader.Schema) {
        return Map.of();
      }
      Schema schema = (Schema) message.header(new Schema());
      int pairs = schema.customMetadataLength();
      Map<String, String> metadata = new HashMap<>();
      for (int i = 0; i < pairs && i < bytes.length; i++) {
        KeyValue pair = schema.customMetadata(i);
        metadata.put(pair.key(), pair.value());
      }
      return metadata;
    } catch (RuntimeException notArrow) {
      return Map.of();
    }
  }
}
