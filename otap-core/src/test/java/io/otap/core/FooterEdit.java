/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Type;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/** Writes a Parquet file's footer anew, with changes that no writer would make. */
public final class FooterEdit {

  private static final int MAGIC = 0x31524150;

  private FooterEdit() {}

  public static int start(byte[] file) {
    int size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    return file.length - 8 - size;
  }

  public static FileMetaData read(byte[] file) throws IOException {
    int start = start(file);
    return Util.readFileMetaData(new ByteArrayInputStream(file, start, file.length - 8 - start));
  }

  public static byte[] edit(byte[] file, Consumer<FileMetaData> change) throws IOException {
    FileMetaData meta = read(file);
    change.accept(meta);
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, footer);
    ByteBuffer end =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).putInt(MAGIC);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Arrays.copyOf(file, start(file)));
    out.writeBytes(footer.toByteArray());
    out.writeBytes(end.array());
    return out.toByteArray();
  }

  /** An {@code ARROW:schema} whose only field has this path and is marked as so encoded. */
  public static String arrowSchema(String path, String encoding) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    String[] names = path.split("\\.");
    int mark =
        KeyValue.createKeyValue(
            builder, builder.createString("encoding"), builder.createString(encoding));
    int marks = Field.createCustomMetadataVector(builder, new int[] {mark});
    int children = 0;
    int field = 0;
    for (int i = names.length - 1; i >= 0; i--) {
      boolean leaf = i == names.length - 1;
      int name = builder.createString(names[i]);
      int type = leaf ? Int.createInt(builder, 32, false) : emptyStruct(builder);
      Field.startField(builder);
      Field.addName(builder, name);
      Field.addTypeType(builder, leaf ? Type.Int : Type.Struct_);
      Field.addType(builder, type);
      if (leaf) {
        Field.addCustomMetadata(builder, marks);
      } else {
        Field.addChildren(builder, children);
      }
      field = Field.endField(builder);
      children = Field.createChildrenVector(builder, new int[] {field});
    }
    int fields = Schema.createFieldsVector(builder, new int[] {field});
    Schema.startSchema(builder);
    Schema.addFields(builder, fields);
    int schema = Schema.endSchema(builder);
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, MessageHeader.Schema);
    Message.addHeader(builder, schema);
    builder.finish(Message.endMessage(builder));
    byte[] message = builder.sizedByteArray();
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(8 + message.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(-1)
                .putInt(message.length)
                .put(message)
                .array());
  }

  private static int emptyStruct(FlatBufferBuilder builder) {
    Struct_.startStruct_(builder);
    return Struct_.endStruct_(builder);
  }
}
