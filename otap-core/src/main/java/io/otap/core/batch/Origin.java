/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;

/**
 * Where the root rows of a batch come from.
 *
 * @param partition the {@code _part_id}; empty for an unpartitioned tree or a batch not read from
 *     files
 * @param file path of the root file; empty for a batch not read from files
 * @param firstRow row of the batch's first root row in the file
 */
@PublicEvolving
public record Origin(String partition, String file, long firstRow) {

  public static final Origin NONE = new Origin("", "", 0);
}
