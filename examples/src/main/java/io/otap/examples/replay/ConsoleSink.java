/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Text to this process's standard output, at once. After a failure text can come again: what was
 * printed cannot be taken back.
 */
final class ConsoleSink implements Sink<String> {

  private static final long serialVersionUID = 1L;

  @Override
  public SinkWriter<String> createWriter(WriterInitContext context) {
    return new Writer(
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
  }

  private record Writer(PrintStream out) implements SinkWriter<String> {

    @Override
    public void write(String text, Context context) throws IOException {
      out.print(text);
      if (out.checkError()) {
        throw OtapException.of(OtapErrorKind.IO, "standard output was closed");
      }
    }

    @Override
    public void flush(boolean endOfInput) {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
