/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import org.apache.flink.annotation.PublicEvolving;

/**
 * A row whose parent does not exist; it is in no batch.
 *
 * @param split id of the split that came upon it
 * @param table folder name of its table
 * @param parentId id that no row of the parent table has
 * @param file path of the file it lies in
 */
@PublicEvolving
public record OrphanRow(String split, String table, long parentId, String file) {}
