/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.pace;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/** Time that can be waited for. */
interface Clock extends Serializable {

  Clock SYSTEM =
      new Clock() {
        private static final long serialVersionUID = 1L;

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }

        private Object readResolve() {
          return SYSTEM;
        }
      };

  /** Of any origin. */
  long nanos();

  /** Waits so long; not at all if it is not positive. */
  void sleep(long nanos) throws InterruptedException;
}
