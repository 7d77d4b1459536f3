/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.grpc.Status;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;

/** What receivers and gRPC say, for messages of one line. */
@Internal
public final class StatusText {

  private static final int LONGEST_MESSAGE = 500;

  /** What gRPC tells about itself where a connection could not be made. */
  private static final Pattern NETTY_PIPELINE = Pattern.compile("\\s*Channel Pipeline: \\[.*?]");

  private StatusText() {}

  /** The status in one line, with the failure at the bottom of it if there is one. */
  public static String describe(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(": ")
          .append(oneLine(NETTY_PIPELINE.matcher(status.getDescription()).replaceAll("")));
    }
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    if (root != null && root.getMessage() != null) {
      text.append(" (").append(oneLine(root.getMessage())).append(')');
    }
    return text.toString();
  }

  public static String oneLine(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }
}
