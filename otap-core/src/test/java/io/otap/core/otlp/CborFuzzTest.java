/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.Fuzzing;
import io.otap.core.Mutation;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.TableBuilder;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged CBOR of nested values, written as OTLP and parsed again. */
@Timeout(3600)
class CborFuzzTest {

  @Test
  void damagedValuesAreReadOrRefused() throws IOException {
    List<byte[]> samples = samples();
    new Fuzzing("CBOR", 16L << 20, 256)
        .run(
            0.2,
            random -> {
              byte[] sound = samples.get(random.nextInt(samples.size()));
              byte[] cbor =
                  random.nextBoolean()
                      ? Mutation.flip(sound, random)
                      : Mutation.damage(sound, 0, sound.length, random);
              OtlpRequests.logs(batch(cbor, random));
              return cbor.length;
            });
  }

  private static List<byte[]> samples() throws IOException {
    List<byte[]> samples = new ArrayList<>();
    Random random = new Random(1);
    RandomValues values = new RandomValues(random);
    while (samples.size() < 300) {
      AnyValue value = values.anyValue(true);
      if (value.hasArrayValue() || value.hasKvlistValue()) {
        samples.add(new CborWriter().write(value));
      }
    }
    return samples;
  }

  private static OtapBatch batch(byte[] cbor, Random random) {
    TableBuilder logs = new TableBuilder(PayloadType.LOGS);
    int row = logs.addRow();
    boolean map = cbor.length > 0 && (cbor[0] & 0xe0) == 0xa0;
    AttributeType type = map == random.nextInt(20) > 0 ? AttributeType.MAP : AttributeType.SLICE;
    logs.bytes("body.type").set(row, (byte) type.code());
    logs.binaries("body.ser").set(row, cbor);
    OtapTable table = logs.build();
    return new OtapBatch(Signal.LOGS, List.of(table), Origin.NONE, null, null);
  }
}
