/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.List;

/**
 * A root table as chains and gaps, both in row order.
 *
 * @param rows the table
 * @param borders where batches begin or may begin
 * @param starts ids where a batch may begin, chain by chain
 * @param chains rows with ids
 * @param gaps rows without, outside of chains
 * @param claims the ids that gaps span: null rows could own them
 */
@Internal
record Structure(
    RootRows rows,
    Borders borders,
    IdList starts,
    List<Chain> chains,
    List<Gap> gaps,
    Zones claims) {}
