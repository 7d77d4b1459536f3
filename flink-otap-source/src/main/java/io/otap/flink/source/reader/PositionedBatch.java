/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.batch.OtapBatch;
import org.apache.flink.annotation.Internal;

/**
 * A batch on its way to the emitter.
 *
 * @param position the split's position once the batch is emitted
 */
@Internal
public record PositionedBatch(OtapBatch batch, long position) {}
