/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.experimental.arrow.v1.ArrowPayload;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the messages of one OTAP stream, in their order, as batches. Takes what both reference
 * implementations send (OTAP-FORMAT 2 to 4): ids as differences or plain, dictionaries with deltas
 * and replacements, absent columns, nulls for zeros, buffers with zstd or none.
 *
 * <p>A stream has one decoder from its beginning to its end; a new stream needs a new one. After an
 * exception the state of the stream is unknown, and every further message is refused.
 *
 * <p>Lost is what batches do not hold: resources and scopes without records, trace and span ids of
 * zeros (they mean unset), the {@code headers} of a message. Child rows without a parent are left
 * out and counted in {@link Origin#orphans()} of the first batch.
 *
 * <p>Not for use by several threads at once.
 */
@PublicEvolving
public final class OtapStreamDecoder {

  private final Signal signal;
  private final DecoderLimits limits;
  private final DictionaryMemory memory;
  private final Map<PayloadType, PayloadReader> readers = new EnumMap<>(PayloadType.class);
  private boolean broken;

  public OtapStreamDecoder(Signal signal) {
    this(signal, DecoderLimits.DEFAULT);
  }

  public OtapStreamDecoder(Signal signal, DecoderLimits limits) {
    this.signal = signal;
    this.limits = limits;
    this.memory = new DictionaryMemory(limits.dictionaryBytes());
  }

  /**
   * The batches of the next message; one, unless it has more than {@link OtapBatch#MAX_ROWS}
   * records.
   *
   * @param message bytes of a {@code BatchArrowRecords}
   * @throws OtapException of kind WIRE if the message breaks the protocol or a limit
   */
  public List<OtapBatch> decode(byte[] message) throws OtapException {
    checkSize(message.length);
    try {
      return decode(BatchArrowRecords.parseFrom(message));
    } catch (InvalidProtocolBufferException e) {
      broken = true;
      throw WireErrors.broken("a message is no BatchArrowRecords: " + e.getMessage(), e);
    }
  }

  /**
   * The batches of the next message; one, unless it has more than {@link OtapBatch#MAX_ROWS}
   * records.
   *
   * @throws OtapException of kind WIRE if the message breaks the protocol or a limit
   */
  public List<OtapBatch> decode(BatchArrowRecords message) throws OtapException {
    if (broken) {
      throw WireErrors.broken("the stream broke at an earlier message");
    }
    broken = true;
    checkSize(message.getSerializedSize());
    Budget budget = new Budget("expandedBytes", limits.expandedBytes());
    Map<PayloadType, OtapTable> tables;
    try (Expander expander = new Expander(budget)) {
      tables = tables(message, expander);
    }
    List<OtapBatch> batches = batches(tables, budget);
    broken = false;
    return batches;
  }

  private void checkSize(int size) throws OtapException {
    if (size > limits.messageBytes()) {
      throw WireErrors.limit(
          "a message of " + size + " bytes came, " + limits.messageBytes() + " are allowed",
          "let the sender send smaller batches, or raise messageBytes");
    }
  }

  private Map<PayloadType, OtapTable> tables(BatchArrowRecords message, Expander expander)
      throws OtapException {
    Map<PayloadType, OtapTable> tables = new EnumMap<>(PayloadType.class);
    for (ArrowPayload payload : message.getArrowPayloadsList()) {
      PayloadType type = PayloadType.ofNumber(payload.getTypeValue());
      if (type == null || !type.signals().contains(signal)) {
        throw WireErrors.broken(
            "a payload has type number "
                + payload.getTypeValue()
                + ", which is none of "
                + signal.id());
      }
      OtapTable table;
      try {
        table =
            reader(type, payload.getSchemaId()).read(payload.getRecord().toByteArray(), expander);
      } catch (OtapException e) {
        throw e.at(WireErrors.at(type));
      }
      if (tables.put(type, table) != null) {
        throw WireErrors.broken("the message has the table twice").at(WireErrors.at(type));
      }
    }
    return tables;
  }

  private PayloadReader reader(PayloadType type, String schemaId) {
    PayloadReader reader = readers.get(type);
    if (reader == null || !reader.schemaId().equals(schemaId)) {
      if (reader != null) {
        reader.close();
      }
      reader = new PayloadReader(type, schemaId, limits, memory);
      readers.put(type, reader);
    }
    return reader;
  }

  private List<OtapBatch> batches(Map<PayloadType, OtapTable> received, Budget budget)
      throws OtapException {
    StorageForm form = StorageForm.received(signal, received, limits, budget);
    RootRanges ranges = new RootRanges(signal, form.tables());
    Origin origin = new Origin("", "", 0, form.orphans());
    int rows = form.tables().get(signal.root()).rows();
    List<OtapBatch> batches = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(rows, from + OtapBatch.MAX_ROWS);
      batches.add(new OtapBatch(signal, ranges.range(from, to).values(), origin, null, null));
      origin = Origin.NONE;
      from = to;
    } while (from < rows);
    return batches;
  }
}
