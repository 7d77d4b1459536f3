/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator of a tree that grows tells a reader how far event time may go.
 *
 * @param earliest no record that is still to be read is older, but those of files that are not
 *     there yet; nanoseconds since 1970
 */
@Internal
public record EventTimeBound(long earliest) implements SourceEvent {}
