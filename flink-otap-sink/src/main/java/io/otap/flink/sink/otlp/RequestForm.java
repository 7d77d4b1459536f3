/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.otlp.OtlpRequest;
import io.otap.core.otlp.OtlpSplitter;
import java.io.Serializable;

/** How an element of the stream becomes a request. */
interface RequestForm<T> extends Serializable {

  RequestForm<OtapBatch> BATCH = new Batch();

  RequestForm<OtlpRequest> REQUEST = new Request();

  /** Log records, spans or metrics in it. */
  int records(T element) throws OtapException;

  OtlpRequest request(T element) throws OtapException;

  /** A batch is encoded straight from its columns. */
  final class Batch implements RequestForm<OtapBatch> {

    private static final long serialVersionUID = 1L;

    private Batch() {}

    @Override
    public int records(OtapBatch batch) {
      return batch.rows();
    }

    @Override
    public OtlpRequest request(OtapBatch batch) throws OtapException {
      return new OtlpRequest(batch.signal(), OtlpEncoder.encode(batch));
    }
  }

  /** A request is sent as it is. */
  final class Request implements RequestForm<OtlpRequest> {

    private static final long serialVersionUID = 1L;

    private Request() {}

    @Override
    public int records(OtlpRequest request) throws OtapException {
      return OtlpSplitter.records(request);
    }

    @Override
    public OtlpRequest request(OtlpRequest request) {
      return request;
    }
  }
}
