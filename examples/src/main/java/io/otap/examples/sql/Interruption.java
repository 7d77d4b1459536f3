/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import org.apache.flink.core.execution.JobClient;

/** Ends the job that runs when the user has had enough. */
final class Interruption {

  private JobClient running;
  private boolean come;

  synchronized void interrupt() {
    come = true;
    if (running != null) {
      running.cancel();
    }
  }

  synchronized boolean hasCome() {
    return come;
  }

  /** This job is the one to end. */
  synchronized void watch(JobClient job) {
    running = job;
    if (come) {
      job.cancel();
    }
  }

  /** The job has ended. */
  synchronized void forget() {
    running = null;
  }
}
