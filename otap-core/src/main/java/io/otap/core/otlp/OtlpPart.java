/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.annotation.PublicEvolving;

/**
 * A part of an OTLP request that is a request itself.
 *
 * @param bytes the serialized request; not to be changed
 * @param records its log records, spans or metrics
 */
@PublicEvolving
public record OtlpPart(byte[] bytes, int records) {}
