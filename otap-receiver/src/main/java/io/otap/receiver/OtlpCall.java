/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.grpc.Metadata;
import io.otap.core.model.Signal;

/**
 * A request that came in.
 *
 * @param number from 1, over all signals of a service
 * @param request serialized
 * @param headers of the call
 */
public record OtlpCall(long number, Signal signal, byte[] request, Metadata headers) {}
