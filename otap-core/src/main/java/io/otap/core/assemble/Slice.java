/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;

/**
 * Rows of one table that belong to one cut of a split, as they were read.
 *
 * @param file path of the file they come from
 */
@Internal
public record Slice(String file, OtapTable rows) {}
