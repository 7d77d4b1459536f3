/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * What a subtask may hold that is not acknowledged.
 *
 * @param requests their number
 * @param bytes of all of them
 * @param maxMessageBytes of one
 * @param flushTimeout how long a flush waits for all acknowledgements
 */
@Internal
public record WindowSettings(int requests, long bytes, int maxMessageBytes, Duration flushTimeout)
    implements Serializable {}
