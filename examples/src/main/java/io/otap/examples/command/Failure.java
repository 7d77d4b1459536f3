/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.command;

import io.otap.core.error.OtapException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.util.SerializedThrowable;

/** Why a job failed, in one sentence. */
public final class Failure {

  private Failure() {}

  /** The {@link OtapException} among the causes, else the first cause of all. */
  public static String sentence(Throwable failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Throwable told =
          t instanceof SerializedThrowable s
              ? s.deserializeError(Failure.class.getClassLoader())
              : t;
      if (told instanceof OtapException) {
        return oneLine(told.getMessage());
      }
      root = t;
    }
    if (root.getMessage() == null) {
      return root instanceof TimeoutException ? "timed out" : root.getClass().getName();
    }
    return oneLine(
        root instanceof SerializedThrowable
            ? root.getMessage()
            : root.getClass().getSimpleName() + ": " + root.getMessage());
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
  }
}
