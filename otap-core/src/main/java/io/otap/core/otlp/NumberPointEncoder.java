/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Points of gauges and sums. */
final class NumberPointEncoder extends PointEncoder {

  private final NumberEncoder value;
  private final ExemplarEncoder exemplars;

  NumberPointEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    super(batch, PayloadType.NUMBER_DATA_POINTS, PayloadType.NUMBER_DP_ATTRS, out);
    value =
        new NumberEncoder(
            points,
            NumberDataPoint.AS_INT_FIELD_NUMBER,
            NumberDataPoint.AS_DOUBLE_FIELD_NUMBER,
            out);
    exemplars =
        new ExemplarEncoder(
            batch, PayloadType.NUMBER_DP_EXEMPLARS, PayloadType.NUMBER_DP_EXEMPLAR_ATTRS, out);
  }

  @Override
  void fields(int row, int id) throws OtapException {
    flags(NumberDataPoint.FLAGS_FIELD_NUMBER, row);
    attributes(NumberDataPoint.ATTRIBUTES_FIELD_NUMBER, id);
    exemplars.write(NumberDataPoint.EXEMPLARS_FIELD_NUMBER, id);
    value.write(row);
  }
}
