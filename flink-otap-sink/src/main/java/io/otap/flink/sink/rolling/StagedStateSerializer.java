/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A versioned form of something in a sink's state. Of what is read nothing is trusted: every
 * truncation is an error, and memory grows only with bytes that are there.
 */
@Internal
public abstract class StagedStateSerializer<T> implements SimpleVersionedSerializer<T> {

  private static final int VERSION_1 = 1;

  private final String what;

  /**
   * @param what what the bytes are, for messages
   */
  protected StagedStateSerializer(String what) {
    this.what = what;
  }

  /** Writes a value. */
  protected abstract void write(T value, DataOutputSerializer out) throws IOException;

  /** Reads what {@link #write} wrote. */
  protected abstract T read(DataInputDeserializer in) throws IOException;

  @Override
  public final int getVersion() {
    return VERSION_1;
  }

  @Override
  public final byte[] serialize(T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    write(value, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public final T deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION_1) {
      throw new IOException(
          what
              + " has version "
              + version
              + ", but this release reads version "
              + VERSION_1
              + "; restore it with the release that wrote it or a later one.");
    }
    try {
      DataInputDeserializer in = new DataInputDeserializer(serialized);
      T value = read(in);
      if (in.available() > 0) {
        throw new IOException("there are bytes behind the end");
      }
      return value;
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(what + " is cut off or was not written by this sink.", e);
    }
  }

  /** Writes or reads an entry of a list. */
  protected interface Entry<E> {
    void write(E entry, DataOutputSerializer out) throws IOException;
  }

  /** Reads an entry of a list. */
  protected interface EntryReader<E> {
    E read(DataInputDeserializer in) throws IOException;
  }

  protected static <E> void writeList(List<E> list, DataOutputSerializer out, Entry<E> entry)
      throws IOException {
    out.writeInt(list.size());
    for (E e : list) {
      entry.write(e, out);
    }
  }

  protected static <E> List<E> readList(DataInputDeserializer in, EntryReader<E> entry)
      throws IOException {
    int count = in.readInt();
    List<E> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(entry.read(in));
    }
    return list;
  }

  protected static void writeText(String text, DataOutputSerializer out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  protected static String readText(DataInputDeserializer in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException("a text announces more bytes than are left");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  protected static void writeParts(List<StagedPart> parts, DataOutputSerializer out)
      throws IOException {
    writeList(
        parts,
        out,
        (part, o) -> {
          writeText(part.path(), o);
          o.writeLong(part.length());
        });
  }

  protected static List<StagedPart> readParts(DataInputDeserializer in) throws IOException {
    return readList(in, i -> new StagedPart(readText(i), i.readLong()));
  }
}
