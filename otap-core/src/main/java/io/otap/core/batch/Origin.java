/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.PayloadType;
import java.util.Map;

/**
 * Where the root rows of a batch come from.
 *
 * @param partition the {@code _part_id}; empty for an unpartitioned tree or a batch not read from
 *     files
 * @param file path of the root file; empty for a batch not read from files
 * @param firstRow row of the batch's first root row in the file
 * @param orphans rows in this stretch of the child files whose parent does not exist, by table;
 *     left out of the batch. The stretches of all batches of a file tile its ids, so that a sum
 *     over batches counts each once
 */
@PublicEvolving
public record Origin(String partition, String file, long firstRow, Map<PayloadType, Long> orphans) {

  public static final Origin NONE = new Origin("", "", 0, Map.of());

  public Origin {
    orphans = Map.copyOf(orphans);
  }
}
