/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator tells a reader that there is nothing for it to read for now, and that event time
 * need not wait for it.
 */
@Internal
public record NoSplitsNow() implements SourceEvent {}
