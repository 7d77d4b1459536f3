/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Parts on their way to the committer and in state. */
@Internal
public final class OtlpFileCommittableSerializer
    implements SimpleVersionedSerializer<OtlpFileCommittable> {

  /** The parts, each with all fields in their order. */
  private static final int VERSION_1 = 1;

  public static final OtlpFileCommittableSerializer INSTANCE = new OtlpFileCommittableSerializer();

  private OtlpFileCommittableSerializer() {}

  @Override
  public int getVersion() {
    return VERSION_1;
  }

  @Override
  public byte[] serialize(OtlpFileCommittable committable) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeInt(committable.parts().size());
    for (PartFile part : committable.parts()) {
      out.writeUTF(part.signal().id());
      out.writeUTF(part.path());
      out.writeLong(part.length());
      out.writeInt(part.recoverableVersion());
      out.writeInt(part.recoverable().length);
      out.write(part.recoverable());
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public OtlpFileCommittable deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION_1) {
      throw new IOException(
          "The state of the OTLP file sink has version "
              + version
              + ", but this release reads version "
              + VERSION_1
              + "; restore it with the release that wrote it or a later one.");
    }
    try {
      return read(new DataInputDeserializer(serialized));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "The state of the OTLP file sink is cut off or was not written by it.", e);
    }
  }

  private static OtlpFileCommittable read(DataInputDeserializer in) throws IOException {
    int count = in.readInt();
    List<PartFile> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Signal signal = signal(in.readUTF());
      String path = in.readUTF();
      long length = in.readLong();
      int recoverableVersion = in.readInt();
      int size = in.readInt();
      if (size < 0 || size > in.available()) {
        throw new IOException("a part announces more bytes than are left");
      }
      byte[] recoverable = new byte[size];
      in.readFully(recoverable);
      parts.add(new PartFile(signal, path, length, recoverableVersion, recoverable));
    }
    if (in.available() > 0) {
      throw new IOException("there are bytes behind the end");
    }
    return new OtlpFileCommittable(parts);
  }

  private static Signal signal(String id) throws IOException {
    for (Signal signal : Signal.values()) {
      if (signal.id().equals(id)) {
        return signal;
      }
    }
    throw new IOException("there is no signal " + id);
  }
}
