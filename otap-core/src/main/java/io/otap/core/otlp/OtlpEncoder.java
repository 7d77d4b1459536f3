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
 * Batches as OTLP. The bytes are written straight from the columns, without message objects.
 *
 * <p>Rows of a resource are put together, and in it rows of a scope; within a scope they keep their
 * order. What a batch does not hold (entity references of resources; what an exporter dropped) is
 * left out.
 */
@PublicEvolving
public final class OtlpEncoder {

  private OtlpEncoder() {}

  /**
   * The bytes of the signal's {@code Export…ServiceRequest}.
   *
   * <p>Values are nested up to 64 deep. The parsers of some languages accept less by default;
   * {@link OtlpRequests} accepts all.
   *
   * @throws OtapException of kind CORRUPT if a nested value is not the CBOR that the format asks
   *     for, SCHEMA if a type code is unknown, RECONSTRUCTION if a child row has no parent or the
   *     bytes are more than an array holds; the row is one of the batch, the file that of its root
   *     rows
   */
  public static byte[] encode(OtapBatch batch) throws OtapException {
    return request(batch).toByteArray();
  }

  /**
   * Writes the bytes of {@link #encode}, behind their length as a varint, and returns how many
   * these are with the length. They are not copied before.
   */
  public static int writeDelimited(OtapBatch batch, OutputStream target) throws IOException {
    ReverseProtoWriter request = request(batch);
    request.varint(request.written());
    request.writeTo(target);
    return request.written();
  }

  private static ReverseProtoWriter request(OtapBatch batch) throws OtapException {
    ReverseProtoWriter out =
        new ReverseProtoWriter((int) Math.min(1 << 30, batch.bytes() + batch.bytes() / 4 + 64));
    try {
      new RequestEncoder(batch, records(batch, out), out).write();
    } catch (ReverseProtoWriter.TooLarge e) {
      throw OtapException.of(
              OtapErrorKind.RECONSTRUCTION,
              "the "
                  + batch.root().rows()
                  + " records of a batch take more than 2 GiB as a request; give source.batch-size a"
                  + " smaller value",
              e)
          .at(Place.file(batch.origin().file()));
    } catch (OtapException e) {
      Origin origin = batch.origin();
      throw origin.file().isEmpty()
          ? e
          : e.at(new Place(origin.partition(), null, origin.file(), null, -1));
    }
    return out;
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
