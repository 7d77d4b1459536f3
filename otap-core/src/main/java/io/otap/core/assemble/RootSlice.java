/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import java.util.List;

/**
 * The root rows of a cut with their resources and scopes.
 *
 * @param firstRow row of the first in the file
 * @param rows root rows; {@code id} as in the file, {@code resource.id} and {@code scope.id} issued
 *     anew
 * @param shared RESOURCE_ATTRS and SCOPE_ATTRS of the rows, where there are any
 * @param resourceRecovery {@link io.otap.core.batch.Recovery} ordinal of each row, or null if all
 *     are C1
 */
@Internal
public record RootSlice(
    String partition,
    String file,
    long firstRow,
    OtapTable rows,
    List<OtapTable> shared,
    byte[] resourceRecovery,
    byte[] scopeRecovery) {}
