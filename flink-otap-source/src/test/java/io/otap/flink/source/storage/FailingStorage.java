/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A storage that fails when a test wants it to, and notes what it was asked for. For several
 * threads.
 */
public final class FailingStorage implements Storage {

  /** Whether an operation fails. */
  @FunctionalInterface
  public interface Fault {

    /**
     * @param operation list, open, or read
     */
    boolean strikes(String operation, String path);
  }

  private final Storage storage = new FlinkStorage();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile IOException failure = new IOException("connection reset");
  private volatile Fault fault = (operation, path) -> false;
  private long longer;

  /** What fails from now on. */
  public void failWhen(Fault fault) {
    this.fault = fault;
  }

  /** The next operations of a kind fail. */
  public void failNext(String kind, int times) {
    AtomicInteger left = new AtomicInteger(times);
    failWhen((operation, path) -> operation.equals(kind) && left.getAndDecrement() > 0);
  }

  void failWith(IOException failure) {
    this.failure = failure;
  }

  /** Files that are opened from now on have so many bytes more than before. */
  void grow(long bytes) {
    longer = bytes;
  }

  /** Operations so far, those that failed included. */
  List<String> asked() {
    return asked;
  }

  private void ask(String operation, String path) throws IOException {
    asked.add(operation);
    if (fault.strikes(operation, path)) {
      throw failure;
    }
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    ask("list", folder);
    return storage.list(folder);
  }

  @Override
  public SeekableInput open(String file) throws IOException {
    ask("open", file);
    SeekableInput in = storage.open(file);
    long length = in.length() + longer;
    return new SeekableInput() {

      @Override
      public long length() {
        return length;
      }

      @Override
      public void readFully(long position, byte[] buffer, int offset, int count)
          throws IOException {
        ask("read", file);
        in.readFully(position, buffer, offset, count);
      }

      @Override
      public void close() throws IOException {
        asked.add("close");
        in.close();
      }
    };
  }
}
