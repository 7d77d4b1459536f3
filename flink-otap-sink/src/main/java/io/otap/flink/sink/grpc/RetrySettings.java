/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How long to try.
 *
 * @param maxAttempts of one request, the first among them
 * @param initialBackoff longest pause before the second attempt
 * @param maxBackoff longest pause that the sink chooses itself
 * @param deadline from the first attempt to the beginning of the last
 */
@Internal
public record RetrySettings(
    int maxAttempts, Duration initialBackoff, Duration maxBackoff, Duration deadline)
    implements Serializable {}
