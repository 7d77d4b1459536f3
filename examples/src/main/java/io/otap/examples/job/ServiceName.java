/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.job;

import io.otap.core.batch.AttributeCursor;
import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.MapFunction;

/** The service that a single log is from: the {@code service.name} of its resource, or nothing. */
final class ServiceName implements MapFunction<OtapBatch, String> {

  private static final long serialVersionUID = 1L;
  private static final byte[] KEY = "service.name".getBytes(StandardCharsets.UTF_8);

  @Override
  public String map(OtapBatch record) throws OtapException {
    LogCursor log = LogCursor.of(record);
    log.next();
    AttributeCursor resource = log.resourceAttributes();
    boolean named = resource.find(KEY) && resource.type() == AttributeType.STRING;
    return named ? resource.stringValue() : "";
  }
}
