/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import org.apache.flink.annotation.Internal;

/** Counts what was sent and is not acknowledged, and what of it may be there at most. */
@Internal
public final class SendWindow {

  private final int maxRequests;
  private final long maxBytes;
  private int requests;
  private long bytes;

  public SendWindow(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  public boolean hasRoom(long size) {
    return requests < maxRequests && bytes + size <= maxBytes;
  }

  /** Before a request is sent for the first time. */
  public void enter(long size) {
    if (!hasRoom(size)) {
      throw new IllegalStateException("no room for " + size + " bytes in " + this);
    }
    requests++;
    bytes += size;
  }

  /**
   * When a request in the window is cut in two, which share its bytes. There is one more then, with
   * or without room.
   */
  public void cut() {
    requests++;
  }

  /** When the fate of a request is known. */
  public void leave(long size) {
    requests--;
    bytes -= size;
  }

  public boolean isEmpty() {
    return requests == 0;
  }

  public int requests() {
    return requests;
  }

  public long bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return requests + " of " + maxRequests + " requests, " + bytes + " of " + maxBytes + " bytes";
  }
}
