/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import org.apache.flink.annotation.Internal;

/**
 * A closed file in the staging folder.
 *
 * @param path where it lies
 * @param length its bytes
 */
@Internal
public record StagedPart(String path, long length) {}
