/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.github.luben.zstd.ZstdCompressCtx;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes batches as the messages of one OTAP stream, in a form that both reference implementations
 * read alike (OTAP-FORMAT 2 to 4): ids as differences, the root first, one Arrow stream for each
 * table with a {@code schema_id} of its own, dictionaries that grow with the stream.
 *
 * <p>Records keep their order but for those of a resource, and in it of a scope, that do not lie
 * together: they are put together, because receivers tell resources apart by a change of number.
 * {@code batch_id} counts from 0. Spans and links without ids get ids of zeros, which mean unset;
 * the form asks for them. Between attributes 0.0 and -0.0 of one key there can be a row that
 * belongs to no record.
 *
 * <p>A stream has one encoder; a new stream needs a new one. Memory: what the dictionaries hold, at
 * most 65,535 values and 4 MiB for each string column. A batch that is refused leaves no trace in
 * the stream; the next can follow.
 *
 * <p>Not for use by several threads at once.
 */
@PublicEvolving
public final class OtapStreamEncoder {

  private static final int LEVEL = 1;

  /** How much larger than the messages before a message may be expected to be. */
  private static final double MARGIN = 1.15;

  /** Messages below this part of the limit are mostly schemas: they tell nothing of larger ones. */
  private static final int TELLING = 8;

  private final Signal signal;
  private final EncoderOptions options;
  private final IpcWriter ipc = new IpcWriter();
  private final BodyWriter body = new BodyWriter();
  private final Map<PayloadType, PayloadEncoder> encoders = new EnumMap<>(PayloadType.class);
  private long nextBatchId;
  private long nextSchemaId;
  private double bytesPerRow;
  private long omittedRows;

  public OtapStreamEncoder(Signal signal, EncoderOptions options) {
    this.signal = signal;
    this.options = options;
  }

  /**
   * The messages that carry a batch: one, or more if it would be larger than {@link
   * EncoderOptions#maxMessageBytes()}; none for a batch without records.
   *
   * @throws OtapException of kind WIRE if a single record is too large, or if ids of the batch are
   *     not unique; SCHEMA if a type code is unknown
   */
  public List<BatchArrowRecords> encode(OtapBatch batch) throws OtapException {
    check(batch);
    if (batch.rows() == 0) {
      return List.of();
    }
    boolean done = false;
    try (ZstdCompressCtx compressor = compressor()) {
      List<BatchArrowRecords> messages = messages(ranges(batch), batch.rows(), compressor);
      done = true;
      return messages;
    } finally {
      if (!done) {
        encoders.clear();
      }
    }
  }

  /**
   * The one message that carries a whole batch, for senders that have to know which records a
   * message has. Nothing if it would be larger than {@link EncoderOptions#maxMessageBytes()}: such
   * a batch leaves no trace in the stream.
   *
   * @param batch with records
   * @throws OtapException as {@link #encode} does, but not for a record that is too large
   */
  public Optional<BatchArrowRecords> encodeWhole(OtapBatch batch) throws OtapException {
    check(batch);
    BatchArrowRecords message = null;
    try (ZstdCompressCtx compressor = compressor()) {
      Map<PayloadType, OtapTable> tables = ranges(batch).range(0, batch.rows());
      BatchArrowRecords made = message(tables, compressor);
      if (made.getSerializedSize() <= options.maxMessageBytes()) {
        message = made;
        accepted(tables, batch.rows(), made.getSerializedSize());
      }
      return Optional.ofNullable(message);
    } finally {
      if (message == null) {
        encoders.clear();
      }
    }
  }

  /** How many messages a batch may be expected to need, by what earlier messages needed. */
  public int expectedMessages(OtapBatch batch) {
    return cuts(batch.rows()).size();
  }

  private RootRanges ranges(OtapBatch batch) throws OtapException {
    Map<PayloadType, OtapTable> tables = new EnumMap<>(PayloadType.class);
    batch.tables().forEach(table -> tables.put(table.type(), table));
    return new RootRanges(signal, StorageForm.toSend(signal, tables).tables());
  }

  private void check(OtapBatch batch) {
    if (batch.signal() != signal) {
      throw new IllegalArgumentException(
          "a batch of " + batch.signal().id() + " for a stream of " + signal.id());
    }
  }

  private List<BatchArrowRecords> messages(RootRanges ranges, int rows, ZstdCompressCtx compressor)
      throws OtapException {
    List<BatchArrowRecords> out = new ArrayList<>();
    Deque<int[]> pending = new ArrayDeque<>(cuts(rows));
    while (!pending.isEmpty()) {
      int[] range = pending.pop();
      int count = range[1] - range[0];
      Map<PayloadType, OtapTable> tables = ranges.range(range[0], range[1]);
      BatchArrowRecords message = message(tables, compressor);
      int size = message.getSerializedSize();
      if (size <= options.maxMessageBytes()) {
        accepted(tables, count, size);
        out.add(message);
      } else {
        refuseOne(count, size);
        // What the receiver does not get must not be in the dictionaries.
        encoders.clear();
        int middle = range[0] + count / 2;
        pending.push(new int[] {middle, range[1]});
        pending.push(new int[] {range[0], middle});
      }
    }
    return out;
  }

  private void accepted(Map<PayloadType, OtapTable> tables, int rows, int size) {
    nextBatchId++;
    bytesPerRow *= 0.8;
    if (size > options.maxMessageBytes() / TELLING) {
      bytesPerRow = Math.max(bytesPerRow, (double) size / rows);
    }
    for (OtapTable table : tables.values()) {
      omittedRows += isOmitted(table.type()) ? table.rows() : 0;
    }
  }

  /** Child rows that were left out so far, as {@link EncoderOptions#omitted()} asks for. */
  public long omittedRows() {
    return omittedRows;
  }

  private ZstdCompressCtx compressor() {
    return options.compression() == WireCompression.NONE
        ? null
        : new ZstdCompressCtx().setLevel(LEVEL);
  }

  private boolean isOmitted(PayloadType type) {
    return options.omitted().contains(type) || type.parent() != null && isOmitted(type.parent());
  }

  /** Ranges of rows that fit by what earlier messages needed. */
  private List<int[]> cuts(int rows) {
    long expected = (long) (MARGIN * bytesPerRow * rows);
    int parts = (int) Math.min(rows, 1 + expected / options.maxMessageBytes());
    List<int[]> out = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      out.add(
          new int[] {(int) ((long) rows * part / parts), (int) ((long) rows * (part + 1) / parts)});
    }
    return out;
  }

  private BatchArrowRecords message(Map<PayloadType, OtapTable> tables, ZstdCompressCtx compressor)
      throws OtapException {
    Map<PayloadType, OtapTable> arranged = new EnumMap<>(tables);
    arranged.keySet().removeIf(this::isOmitted);
    TransportForm.arrange(signal, arranged);
    BatchArrowRecords.Builder message = BatchArrowRecords.newBuilder().setBatchId(nextBatchId);
    for (PayloadType type : PayloadType.of(signal)) {
      OtapTable table = arranged.get(type);
      if (table != null && table.rows() > 0) {
        message.addArrowPayloads(
            encoders.computeIfAbsent(type, this::encoder).encode(table, compressor));
      }
    }
    return message.build();
  }

  private PayloadEncoder encoder(PayloadType type) {
    return new PayloadEncoder(
        type, options.steadyColumns(), () -> Long.toString(nextSchemaId++), ipc, body);
  }

  private void refuseOne(int rows, int size) throws OtapException {
    if (rows == 1) {
      throw WireErrors.limit(
              "a record with what belongs to it takes "
                  + size
                  + " bytes, a message may have "
                  + options.maxMessageBytes(),
              "raise the limit here and at the receiver")
          .at(WireErrors.at(signal.root()));
    }
  }
}
