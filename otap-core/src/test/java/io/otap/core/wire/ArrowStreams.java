/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.opentelemetry.proto.experimental.arrow.v1.ArrowPayload;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.model.PayloadType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A second reader of OTAP streams, on Arrow Java and written from OTAP-FORMAT 3 and 4 without the
 * classes of the codec. Only for streams that say how their ids are encoded.
 */
final class ArrowStreams implements AutoCloseable {

  /** An Arrow stream that comes in pieces. */
  private static final class Pieces implements ReadableByteChannel {
    private ReadableByteChannel piece;

    void next(byte[] bytes) {
      piece = Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return piece.read(to);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private record Stream(Pieces pieces, ArrowStreamReader reader) {}

  /** What a row has, by path. */
  private record Rows(PayloadType type, List<Map<String, Object>> values) implements TableRows {

    @Override
    public int rows() {
      return values.size();
    }

    @Override
    public Object get(String path, int row) {
      return values.get(row).get(path);
    }
  }

  private final BufferAllocator allocator = new RootAllocator();
  private final Map<String, Stream> streams = new HashMap<>();

  Map<PayloadType, TableRows> read(BatchArrowRecords message) throws IOException {
    Map<PayloadType, TableRows> tables = new EnumMap<>(PayloadType.class);
    for (ArrowPayload payload : message.getArrowPayloadsList()) {
      PayloadType type = PayloadType.valueOf(payload.getType().name());
      Stream stream = streams.computeIfAbsent(payload.getSchemaId(), id -> open());
      stream.pieces().next(payload.getRecord().toByteArray());
      if (!stream.reader().loadNextBatch()) {
        throw new IOException(type + ": no record batch");
      }
      VectorSchemaRoot root = stream.reader().getVectorSchemaRoot();
      List<Map<String, Object>> rows = new ArrayList<>();
      for (int row = 0; row < root.getRowCount(); row++) {
        Map<String, Object> values = new HashMap<>();
        for (FieldVector vector : root.getFieldVectors()) {
          put(values, vector.getName(), vector, row, stream.reader());
        }
        rows.add(values);
      }
      ids(root, type, rows);
      tables.put(type, new Rows(type, rows));
    }
    return tables;
  }

  private Stream open() {
    Pieces pieces = new Pieces();
    return new Stream(
        pieces, new ArrowStreamReader(pieces, allocator, CommonsCompressionFactory.INSTANCE));
  }

  private void put(
      Map<String, Object> values, String path, FieldVector vector, int row, ArrowStreamReader in)
      throws IOException {
    if (vector.isNull(row)) {
      return;
    }
    if (vector instanceof StructVector struct) {
      for (FieldVector member : struct.getChildrenFromFields()) {
        put(values, path + "." + member.getName(), member, row, in);
      }
    } else if (vector instanceof ListVector list) {
      items(values, path, list, row, in);
    } else {
      values.put(path, value(vector, row, in));
    }
  }

  private void items(
      Map<String, Object> values, String path, ListVector list, int row, ArrowStreamReader in)
      throws IOException {
    int start = list.getElementStartIndex(row);
    int end = list.getElementEndIndex(row);
    if (list.getDataVector() instanceof StructVector struct) {
      for (FieldVector member : struct.getChildrenFromFields()) {
        values.put(path + "." + member.getName(), list(member, start, end, in));
      }
    } else {
      values.put(path, list(list.getDataVector(), start, end, in));
    }
  }

  private List<Object> list(FieldVector items, int start, int end, ArrowStreamReader in)
      throws IOException {
    List<Object> out = new ArrayList<>();
    for (int i = start; i < end; i++) {
      out.add(value(items, i, in));
    }
    return out;
  }

  private Object value(FieldVector vector, int row, ArrowStreamReader in) throws IOException {
    DictionaryEncoding dictionary = vector.getField().getDictionary();
    if (dictionary != null) {
      int key = (int) ((BaseIntVector) vector).getValueAsLong(row);
      return value(in.lookup(dictionary.getId()).getVector(), key, in);
    }
    if (vector instanceof UInt1Vector
        || vector instanceof UInt2Vector
        || vector instanceof UInt4Vector) {
      return ((BaseIntVector) vector).getValueAsLong(row);
    } else if (vector instanceof TimeStampVector times) {
      return times.get(row);
    } else if (vector instanceof DurationVector durations) {
      return DurationVector.get(durations.getDataBuffer(), row);
    } else if (vector instanceof VarCharVector strings) {
      return new String(strings.get(row), StandardCharsets.UTF_8);
    } else if (vector instanceof VarBinaryVector binary) {
      return HexFormat.of().formatHex(binary.get(row));
    } else if (vector instanceof FixedSizeBinaryVector fixed) {
      return HexFormat.of().formatHex(fixed.get(row));
    }
    return vector.getObject(row);
  }

  /** Undoes the differences, as the metadata of the fields say. */
  private static void ids(VectorSchemaRoot root, PayloadType type, List<Map<String, Object>> rows) {
    for (Field field : root.getSchema().getFields()) {
      decode(field, field.getName(), type, rows);
      for (Field child : field.getChildren()) {
        decode(child, field.getName() + "." + child.getName(), type, rows);
      }
    }
  }

  private static void decode(
      Field field, String path, PayloadType type, List<Map<String, Object>> rows) {
    String encoding = field.getMetadata().get("encoding");
    if (encoding == null) {
      return;
    }
    long id = 0;
    Map<String, Object> before = null;
    for (Map<String, Object> row : rows) {
      Object value = row.get(path);
      if (value == null) {
        continue;
      }
      long coded = ((Number) value).longValue();
      switch (encoding) {
        case "delta" -> id += coded;
        case "quasidelta" -> id = before != null && same(type, before, row) ? id + coded : coded;
        default -> throw new IllegalArgumentException(encoding);
      }
      row.put(path, id);
      before = row;
    }
  }

  private static boolean same(
      PayloadType type, Map<String, Object> before, Map<String, Object> row) {
    return switch (type) {
      case SPAN_EVENTS -> before.get("name").equals(row.get("name"));
      case SPAN_LINKS -> before.get("trace_id").equals(row.get("trace_id"));
      case NUMBER_DP_EXEMPLARS, HISTOGRAM_DP_EXEMPLARS, EXP_HISTOGRAM_DP_EXEMPLARS ->
          Objects.equals(before.get("int_value"), row.get("int_value"))
              && sameDouble(before.get("double_value"), row.get("double_value"));
      default -> sameAttribute(before, row);
    };
  }

  private static boolean sameAttribute(Map<String, Object> before, Map<String, Object> row) {
    if (!before.get("type").equals(row.get("type")) || !before.get("key").equals(row.get("key"))) {
      return false;
    }
    String column =
        switch (((Number) row.get("type")).intValue()) {
          case 1 -> "str";
          case 2 -> "int";
          case 3 -> "double";
          case 4 -> "bool";
          case 7 -> "bytes";
          default -> null;
        };
    if (column == null || before.get(column) == null || row.get(column) == null) {
      return false;
    }
    return column.equals("double")
        ? sameDouble(before.get(column), row.get(column))
        : before.get(column).equals(row.get(column));
  }

  private static boolean sameDouble(Object a, Object b) {
    return a == null || b == null
        ? a == b
        : Double.doubleToRawLongBits((Double) a) == Double.doubleToRawLongBits((Double) b);
  }

  @Override
  public void close() throws IOException {
    for (Stream stream : streams.values()) {
      stream.reader().close(false);
    }
    allocator.close();
  }
}
