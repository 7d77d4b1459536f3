/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.grpc.Metadata;
import io.otap.core.model.Signal;

/**
 * A batch that came in.
 *
 * @param number from 1, over all streams of a service
 * @param stream number of its stream, from 1
 * @param batchId its number in the stream
 * @param messageBytes size of its message
 * @param request the batch as a serialized {@code Export…ServiceRequest}
 * @param headers of the stream
 */
public record OtapCall(
    long number,
    Signal signal,
    long stream,
    long batchId,
    int messageBytes,
    byte[] request,
    Metadata headers) {}
