/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

/**
 * A data page, its levels and values ready to be read.
 *
 * @param values number of values with nulls; for a column without lists, of rows
 */
record DataPage(int values, LevelDecoder repetition, LevelDecoder definition, PageValues data) {}
