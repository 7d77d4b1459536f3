/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Complete files on their way from a writer. */
@Internal
public final class RolledOutputSerializer extends StagedStateSerializer<RolledOutput> {

  public static final RolledOutputSerializer INSTANCE = new RolledOutputSerializer();

  private RolledOutputSerializer() {
    super("What a writer of files completed");
  }

  @Override
  protected void write(RolledOutput output, DataOutputSerializer out) throws IOException {
    writeList(
        output.files(),
        out,
        (file, o) -> {
          writeText(file.folder(), o);
          writeText(file.stem(), o);
          writeText(file.extension(), o);
          writeParts(file.parts(), o);
          o.writeBoolean(file.movable());
        });
    writeList(output.spent(), out, StagedStateSerializer::writeText);
  }

  @Override
  protected RolledOutput read(DataInputDeserializer in) throws IOException {
    return new RolledOutput(
        readList(
            in,
            i ->
                new RolledFile(
                    readText(i), readText(i), readText(i), readParts(i), i.readBoolean())),
        readList(in, StagedStateSerializer::readText));
  }
}
