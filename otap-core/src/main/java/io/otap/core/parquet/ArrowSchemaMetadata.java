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
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;

/**
 * The metadata of the Arrow schema that writers embed as {@code ARROW:schema}: base64 of an
 * encapsulated IPC message. Nothing else of that schema is used, because its types can be narrower
 * than the data.
 *
 * @param values key-value pairs of the schema
 * @param encodings by path, how a column is marked to be encoded where that is not plain
 *     (OTAP-FORMAT 3)
 */
record ArrowSchemaMetadata(Map<String, String> values, Map<String, String> encodings) {

  static final String KEY = "ARROW:schema";

  private static final ArrowSchemaMetadata NONE = new ArrowSchemaMetadata(Map.of(), Map.of());
  private static final int CONTINUATION = -1;
  private static final String ENCODING = "encoding";
  private static final String PLAIN = "plain";

  /** Empty if the text is not such a message, because reading does not need it. */
  static ArrowSchemaMetadata parse(String text) {
    if (text == null) {
      return NONE;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      boolean prefixed = buffer.getInt(0) == CONTINUATION;
      buffer.position(prefixed ? 8 : 4);
      Message message = Message.getRootAsMessage(buffer);
      if (message.headerType() != MessageHeader.Schema) {
        return NONE;
      }
      Schema schema = (Schema) message.header(new Schema());
      return new Walk(bytes.length).of(schema);
    } catch (RuntimeException notArrow) {
      return NONE;
    }
  }

  /** Goes through a schema. In broken ones, parts can contain each other. */
  private static final class Walk {

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> encodings = new HashMap<>();
    private long budget;

    Walk(int bytes) {
      this.budget = 16L * bytes;
    }

    ArrowSchemaMetadata of(Schema schema) {
      for (int i = 0; i < schema.customMetadataLength(); i++) {
        KeyValue pair = schema.customMetadata(i);
        values.put(spend(pair.key()), spend(pair.value()));
      }
      for (int i = 0; i < schema.fieldsLength(); i++) {
        field("", schema.fields(i));
      }
      return new ArrowSchemaMetadata(values, encodings);
    }

    private void field(String parent, Field field) {
      String path = spend(parent + field.name());
      for (int i = 0; i < field.customMetadataLength(); i++) {
        KeyValue pair = field.customMetadata(i);
        if (ENCODING.equals(spend(pair.key())) && !PLAIN.equals(spend(pair.value()))) {
          encodings.put(path, pair.value());
        }
      }
      for (int i = 0; i < field.childrenLength(); i++) {
        field(path + ".", field.children(i));
      }
    }

    private String spend(String text) {
      budget -= 1 + text.length();
      if (budget < 0) {
        throw new IllegalArgumentException("the schema contains itself");
      }
      return text;
    }
  }
}
