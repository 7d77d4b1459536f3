/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/** Reads the Arrow stream of one table, cut into one piece for each message (OTAP-FORMAT 4). */
final class PayloadReader {

  private final PayloadType type;
  private final String schemaId;
  private final DecoderLimits limits;
  private final Dictionaries dictionaries;
  private WireSchema schema;

  PayloadReader(PayloadType type, String schemaId, DecoderLimits limits, DictionaryMemory memory) {
    this.type = type;
    this.schemaId = schemaId;
    this.limits = limits;
    this.dictionaries = new Dictionaries(memory);
  }

  String schemaId() {
    return schemaId;
  }

  /** Gives back what the stream held. */
  void close() {
    dictionaries.release();
  }

  /**
   * The rows of the next piece, with their own ids.
   *
   * @param bytes in one array, which is read only
   */
  OtapTable read(byte[] bytes, Expander expander) throws OtapException {
    OtapTable table;
    try {
      table = table(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), expander);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // The classes of the flatbuffers library check nothing by themselves.
      throw WireErrors.broken("the metadata of an Arrow message contradict themselves", e);
    }
    return TransportIds.decode(table, schema);
  }

  private OtapTable table(ByteBuffer record, Expander expander) throws OtapException {
    OtapTable table = null;
    IpcMessage message = IpcMessage.at(record, 0);
    while (message != null) {
      switch (message.metadata().headerType()) {
        case MessageHeader.Schema -> schema(message);
        case MessageHeader.DictionaryBatch -> dictionary(record, message, expander);
        case MessageHeader.RecordBatch -> {
          if (table != null) {
            throw WireErrors.broken("the payload has a second record batch");
          }
          table = rows(record, message, expander);
        }
        default ->
            throw WireErrors.broken(
                "an Arrow message is of kind number " + message.metadata().headerType());
      }
      message = IpcMessage.at(record, message.end());
    }
    if (table == null) {
      throw WireErrors.broken("the payload has no record batch");
    }
    return table;
  }

  private void schema(IpcMessage message) throws OtapException {
    if (schema != null) {
      throw WireErrors.broken(
          "the Arrow stream " + schemaId + " has a second schema; a new one needs a new schema_id");
    }
    schema = SchemaReader.read(type, message.header(new Schema()));
  }

  private void dictionary(ByteBuffer record, IpcMessage message, Expander expander)
      throws OtapException {
    DictionaryBatch header = message.header(new DictionaryBatch());
    RecordBatch data = header.data();
    Column column = needSchema().dictionaries().get(header.id());
    if (column == null || data == null) {
      throw WireErrors.broken("no column has the dictionary " + header.id());
    }
    try {
      Buffers buffers = new Buffers(record, message, data, expander);
      Vector values = TableDecoder.dictionary(column, buffers, length(data));
      if (header.isDelta()) {
        dictionaries.append(header.id(), column, values);
      } else {
        dictionaries.replace(header.id(), values);
      }
    } catch (OtapException e) {
      throw e.at(WireErrors.at(type, column));
    }
  }

  private OtapTable rows(ByteBuffer record, IpcMessage message, Expander expander)
      throws OtapException {
    RecordBatch batch = message.header(new RecordBatch());
    Buffers buffers = new Buffers(record, message, batch, expander);
    return TableDecoder.table(needSchema(), dictionaries, buffers, length(batch));
  }

  private int length(RecordBatch batch) throws OtapException {
    long length = batch.length();
    if (length < 0 || length > limits.rows()) {
      throw WireErrors.limit(
          "a table of " + length + " rows came, " + limits.rows() + " are allowed",
          "let the sender send smaller batches, or raise rows");
    }
    return (int) length;
  }

  private WireSchema needSchema() throws OtapException {
    if (schema == null) {
      throw WireErrors.broken("the Arrow stream " + schemaId + " does not begin with its schema");
    }
    return schema;
  }
}
