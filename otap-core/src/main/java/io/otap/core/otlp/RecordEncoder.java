/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.error.OtapException;

/** Writes the fields of a root row: of a log record, a span or a metric. */
interface RecordEncoder {

  void write(int row) throws OtapException;
}
