/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.flink.sink.rolling.StagedStateSerializer;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** State of the writers of Parquet files. */
@Internal
public final class OpenFilesSerializer extends StagedStateSerializer<OpenFiles> {

  public static final OpenFilesSerializer INSTANCE = new OpenFilesSerializer();

  private OpenFilesSerializer() {
    super("The state of a writer of Parquet files");
  }

  @Override
  protected void write(OpenFiles files, DataOutputSerializer out) throws IOException {
    writeParts(files.journals(), out);
    out.writeLong(files.opened());
    out.writeLong(files.touched());
  }

  @Override
  protected OpenFiles read(DataInputDeserializer in) throws IOException {
    return new OpenFiles(readParts(in), in.readLong(), in.readLong());
  }
}
