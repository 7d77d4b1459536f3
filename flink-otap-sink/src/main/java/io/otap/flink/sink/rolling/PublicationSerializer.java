/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Publications on their way to the committer and in its state. */
@Internal
public final class PublicationSerializer extends StagedStateSerializer<Publication> {

  public static final PublicationSerializer INSTANCE = new PublicationSerializer();

  private PublicationSerializer() {
    super("A publication of files");
  }

  @Override
  protected void write(Publication publication, DataOutputSerializer out) throws IOException {
    writeText(publication.marker(), out);
    writeList(
        publication.files(),
        out,
        (file, o) -> {
          writeText(file.path(), o);
          writeParts(file.parts(), o);
          o.writeBoolean(file.movable());
        });
    writeList(publication.obsolete(), out, StagedStateSerializer::writeText);
  }

  @Override
  protected Publication read(DataInputDeserializer in) throws IOException {
    return new Publication(
        readText(in),
        readList(in, i -> new Publication.OutputFile(readText(i), readParts(i), i.readBoolean())),
        readList(in, StagedStateSerializer::readText));
  }
}
