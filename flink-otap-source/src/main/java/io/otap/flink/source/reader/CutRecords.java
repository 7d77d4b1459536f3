/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.batch.OtapBatch;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/**
 * What one cut of a split gives, on its way to the emitter.
 *
 * @param batch what the cut was joined to; null if that happens elsewhere
 * @param time smallest event time in milliseconds, the timestamp of all records
 * @param rows root rows of the cut
 * @param bytes of the records, as an estimate
 * @param position the split's position once all records are emitted
 */
@Internal
public record CutRecords<T>(
    List<T> records, OtapBatch batch, OptionalLong time, int rows, long bytes, long position) {}
