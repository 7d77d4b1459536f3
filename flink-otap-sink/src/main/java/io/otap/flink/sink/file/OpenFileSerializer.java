/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.model.Signal;
import io.otap.flink.sink.rolling.StagedStateSerializer;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** State of the writers of rolling OTLP files. */
@Internal
public final class OpenFileSerializer extends StagedStateSerializer<OpenFile> {

  public static final OpenFileSerializer INSTANCE = new OpenFileSerializer();

  private OpenFileSerializer() {
    super("The state of a writer of OTLP files");
  }

  @Override
  protected void write(OpenFile file, DataOutputSerializer out) throws IOException {
    writeText(file.signal().id(), out);
    writeParts(file.parts(), out);
    out.writeLong(file.opened());
    out.writeLong(file.touched());
  }

  @Override
  protected OpenFile read(DataInputDeserializer in) throws IOException {
    String id = readText(in);
    for (Signal signal : Signal.values()) {
      if (signal.id().equals(id)) {
        return new OpenFile(signal, readParts(in), in.readLong(), in.readLong());
      }
    }
    throw new IOException("there is no signal " + id);
  }
}
