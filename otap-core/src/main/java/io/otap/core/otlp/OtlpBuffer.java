/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Holds one batch after another as OTLP ({@link OtlpEncoder}), in memory that is used again. For
 * one thread.
 */
@PublicEvolving
public final class OtlpBuffer {

  /** Bytes. */
  private static final int MOST_KEPT = 16 << 20;

  private ReverseProtoWriter request = new ReverseProtoWriter(0);

  /**
   * Takes a batch in place of the one before.
   *
   * @throws OtapException as {@link OtlpEncoder#encode}; the buffer is empty then
   */
  public OtlpBuffer encode(OtapBatch batch) throws OtapException {
    int capacity = request.capacity();
    if (capacity == 0 || capacity > MOST_KEPT) {
      request = new ReverseProtoWriter((int) Math.min(1 << 30, batch.bytes() + 64));
    }
    request.clear();
    try {
      new RequestEncoder(batch, records(batch, request), request).write();
      return this;
    } catch (ReverseProtoWriter.TooLarge e) {
      request.clear();
      throw OtapException.of(
              OtapErrorKind.RECONSTRUCTION,
              "the "
                  + batch.root().rows()
                  + " records of a batch take more than 2 GiB as a request; give source.batch-size a"
                  + " smaller value",
              e)
          .at(Place.file(batch.origin().file()));
    } catch (OtapException e) {
      request.clear();
      Origin origin = batch.origin();
      throw origin.file().isEmpty()
          ? e
          : e.at(new Place(origin.partition(), null, origin.file(), null, -1));
    }
  }

  /** Bytes of the request. */
  public int size() {
    return request.written();
  }

  /** A copy of the request. */
  public byte[] toByteArray() {
    return request.toByteArray();
  }

  /** Writes the request behind its length as a varint; returns the bytes of both. */
  public int writeDelimited(OutputStream target) throws IOException {
    int size = request.written();
    request.varint(size);
    int both = request.written();
    request.writeTo(target);
    request.drop(both - size);
    return both;
  }

  private static RecordEncoder records(OtapBatch batch, ReverseProtoWriter out)
      throws OtapException {
    return switch (batch.signal()) {
      case LOGS -> new LogEncoder(batch, out);
      case TRACES -> new SpanEncoder(batch, out);
      case METRICS -> new MetricEncoder(batch, out);
    };
  }
}
