/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import com.google.protobuf.CodedOutputStream;
import io.otap.core.model.Signal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * Appends requests to {@code logs.binpb}, {@code traces.binpb} and {@code metrics.binpb}, each
 * behind its length as a varint. A file appears with the first request of its signal; a request is
 * with the operating system before it is acknowledged.
 */
public final class OtlpFileStore implements RequestStore {

  private final Path folder;
  private final Map<Signal, OutputStream> files = new EnumMap<>(Signal.class);
  private boolean closed;

  /**
   * @param folder made if it is not there
   * @throws IOException if it cannot be made, or has such files already
   */
  public OtlpFileStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    for (Signal signal : Signal.values()) {
      if (Files.exists(file(signal))) {
        throw new IOException(
            "the folder has a result already: " + file(signal) + "; remove it or give another");
      }
    }
  }

  @Override
  public synchronized void add(Signal signal, byte[] request) throws IOException {
    if (closed) {
      throw new IOException("the files are closed");
    }
    OutputStream out = files.get(signal);
    if (out == null) {
      out =
          new BufferedOutputStream(
              Files.newOutputStream(file(signal), StandardOpenOption.CREATE_NEW));
      files.put(signal, out);
    }
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.writeByteArrayNoTag(request);
    coded.flush();
    out.flush();
  }

  private Path file(Signal signal) {
    return folder.resolve(signal.id() + ".binpb");
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (OutputStream file : files.values()) {
      file.close();
    }
    files.clear();
  }
}
