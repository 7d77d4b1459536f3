/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.otap.core.error.OtapException;
import java.math.BigInteger;
import org.apache.flink.table.data.TimestampData;

/** SQL's times as nanoseconds since 1970. */
final class EpochNanos {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

  private EpochNanos() {}

  /**
   * @param time null for none, which is 0
   * @return all 64 bits count
   * @throws OtapException of kind SCHEMA if it is not from 1970 to 2554
   */
  static long of(String column, Object time) throws OtapException {
    if (time == null) {
      return 0;
    }
    TimestampData timestamp = (TimestampData) time;
    BigInteger nanos =
        BigInteger.valueOf(timestamp.getMillisecond())
            .multiply(BigInteger.valueOf(NANOS_PER_MILLI))
            .add(BigInteger.valueOf(timestamp.getNanoOfMillisecond()));
    if (nanos.signum() < 0 || nanos.compareTo(LIMIT) >= 0) {
      throw Misfits.of(
          column, timestamp, "a time from 1970-01-01 to 2554-07-21, as OTLP counts nanoseconds");
    }
    return nanos.longValue();
  }
}
