/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.experimental.arrow.v1.ArrowPayload;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import java.util.Random;

/** Breaks a message at random: its envelope, the metadata of its Arrow messages, their bodies. */
final class StreamMutator {

  private static final int[] TELLING = {
    0,
    1,
    7,
    8,
    127,
    128,
    255,
    256,
    32767,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2
  };

  private final Random random;

  StreamMutator(long seed) {
    this.random = new Random(seed);
  }

  BatchArrowRecords mutate(BatchArrowRecords message) {
    BatchArrowRecords.Builder out = message.toBuilder();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int count = out.getArrowPayloadsCount();
      if (count == 0) {
        return out.build();
      }
      int at = random.nextInt(count);
      ArrowPayload.Builder payload = out.getArrowPayloadsBuilder(at);
      switch (random.nextInt(20)) {
        case 0 -> payload.setTypeValue(random.nextInt(50));
        case 1 -> payload.setSchemaId(Integer.toString(random.nextInt(40)));
        case 2 -> out.removeArrowPayloads(at);
        case 3 -> out.addArrowPayloads(payload.build());
        case 4 -> payload.setRecord(out.getArrowPayloads(random.nextInt(count)).getRecord());
        case 5 -> {
          int size = payload.getRecord().size();
          payload.setRecord(payload.getRecord().substring(0, random.nextInt(size + 1)));
        }
        default -> payload.setRecord(ByteString.copyFrom(bytes(payload.getRecord().toByteArray())));
      }
    }
    return out.build();
  }

  /** Mostly near the beginning, where the metadata are. */
  private byte[] bytes(byte[] record) {
    if (record.length < 16) {
      return record;
    }
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      int reach = random.nextBoolean() ? record.length : Math.min(record.length, 3000);
      int at = random.nextInt(reach - 8);
      switch (random.nextInt(4)) {
        case 0 -> record[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> record[at] = (byte) random.nextInt();
        case 2 -> number(record, at, 4);
        default -> number(record, at & -8, 8);
      }
    }
    return record;
  }

  private void number(byte[] record, int at, int width) {
    long value = TELLING[random.nextInt(TELLING.length)];
    for (int i = 0; i < width; i++) {
      record[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
