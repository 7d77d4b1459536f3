/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.AttributeCursor;
import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.SpanCursor;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.variant.Variant;
import org.junit.jupiter.api.Test;

/** What becomes of rows with some columns, and of values that OTLP cannot hold. */
class RowBatchBuilderTest {

  private static final TimestampData TIME = TimestampData.fromEpochMillis(1_000, 7);

  @Test
  void timestampGoesBeforeEventTime() throws Exception {
    LogCursor both = log(type(SignalTable.LOGS, "event_time", "timestamp"), millis(5_000), TIME);
    assertThat(both.timeUnixNano()).isEqualTo(1_000_000_007L);
    LogCursor alone = log(type(SignalTable.LOGS, "event_time"), millis(5_000));
    assertThat(alone.timeUnixNano()).isEqualTo(5_000_000_000L);
    LogCursor none = log(type(SignalTable.LOGS, "event_time"), millis(0));
    assertThat(none.timeUnixNano()).isZero();
    LogCursor unset = log(type(SignalTable.LOGS, "event_time", "timestamp"), millis(5_000), null);
    assertThat(unset.timeUnixNano()).isZero();
  }

  @Test
  void aSpanEndsAtItsEndOrAfterItsDuration() throws Exception {
    SpanCursor end =
        span(
            type(SignalTable.SPANS, "timestamp", "duration_nano", "end_timestamp"),
            TIME,
            99L,
            millis(2_000));
    assertThat(end.endTimeUnixNano()).isEqualTo(2_000_000_000L);
    assertThat(end.durationNano()).isEqualTo(999_999_993L);
    SpanCursor duration = span(type(SignalTable.SPANS, "timestamp", "duration_nano"), TIME, 99L);
    assertThat(duration.endTimeUnixNano()).isEqualTo(1_000_000_106L);
    SpanCursor open = span(type(SignalTable.SPANS, "timestamp", "end_timestamp"), TIME, null);
    assertThat(open.startTimeUnixNano()).isEqualTo(1_000_000_007L);
    assertThat(open.endTimeUnixNano()).isZero();
    assertThat(span(type(SignalTable.SPANS, "name"), text("a")).endTimeUnixNano()).isZero();
  }

  @Test
  void namesAndNumbersOfEnumerations() throws Exception {
    SpanCursor named = span(type(SignalTable.SPANS, "kind", "status_code"), text("CLIENT"), null);
    assertThat(named.kind()).isEqualTo(3);
    assertThat(named.statusCode()).isZero();
    assertThat(span(type(SignalTable.SPANS, "kind"), text("-7")).kind()).isEqualTo(-7);
    assertRefused(SignalTable.SPANS, "kind", text("Client"), "CLIENT, PRODUCER, CONSUMER or a");
  }

  @Test
  void valuesInEachForm() throws Exception {
    Map<StringData, Object> texts = Map.of(text("k"), text("7"));
    assertThat(attribute(ValueForm.TEXT, new GenericMapData(texts)))
        .isEqualTo(AttributeType.STRING);
    Map<StringData, Object> variants = Map.of(text("k"), Variant.newBuilder().of((byte) 7));
    assertThat(attribute(ValueForm.VARIANT, new GenericMapData(variants)))
        .isEqualTo(AttributeType.INT);
    GenericRowData pair = GenericRowData.of(text("k"), new byte[] {0x10, 1});
    assertThat(attribute(ValueForm.EXACT, new GenericArrayData(new Object[] {pair})))
        .isEqualTo(AttributeType.BOOL);
    GenericRowData none = GenericRowData.of(text("k"), null);
    assertThat(attribute(ValueForm.EXACT, new GenericArrayData(new Object[] {none})))
        .isEqualTo(AttributeType.EMPTY);
  }

  @Test
  void equalResourcesAreOne() throws Exception {
    RowType type =
        new RowType(SignalTable.LOGS.rowType(ValueForm.TEXT).getFields().subList(13, 15));
    assertThat(type.getFieldNames()).containsExactly("resource", "scope");
    RowBatchBuilder builder = new RowBatchBuilder(SignalTable.LOGS, type);
    for (int i = 0; i < 6; i++) {
      Map<StringData, Object> attributes = Map.of(text("service.name"), text("s" + i % 2));
      Object resource =
          i == 5 ? null : GenericRowData.of(new GenericMapData(attributes), text(""), 0L);
      builder.add(GenericRowData.of(resource, null));
    }
    OtapBatch batch = builder.build();
    assertThat(batch.table(PayloadType.RESOURCE_ATTRS).rows()).isEqualTo(2);
    assertThat(ids(batch, "resource.id")).containsExactly(0, 1, 0, 1, 0, 2);
    assertThat(ids(batch, "scope.id")).containsExactly(0, 1, 0, 1, 0, 2);
  }

  @Test
  void theNameOfTheServiceIsOfTheResource() throws Exception {
    RowType alone = type(SignalTable.LOGS, "service_name");
    RowBatchBuilder builder = new RowBatchBuilder(SignalTable.LOGS, alone);
    for (String name : Arrays.asList("a", "b", "a", null)) {
      builder.add(GenericRowData.of(StringData.fromString(name)));
    }
    OtapBatch batch = builder.build();
    assertThat(batch.table(PayloadType.RESOURCE_ATTRS).rows()).isEqualTo(2);
    assertThat(batch.table(PayloadType.RESOURCE_ATTRS).binaryVector("key").string(1))
        .isEqualTo("service.name");
    assertThat(ids(batch, "resource.id")).containsExactly(0, 1, 0, 2);
  }

  @Test
  void theNameOfTheServiceBesideTheResource() throws Exception {
    RowType type = type(SignalTable.LOGS, "service_name", "resource");
    Object named = resource(Map.of(text("service.name"), text("a")));
    assertThat(resourceAttributes(type, text("a"), named)).isEqualTo(1);
    assertThat(resourceAttributes(type, null, named)).isEqualTo(1);
    Object other = resource(Map.of(text("host.name"), text("h")));
    assertThat(resourceAttributes(type, text("a"), other)).isEqualTo(2);
    assertThatThrownBy(() -> batch(SignalTable.LOGS, type, text("b"), named))
        .hasMessageContaining("column service_name")
        .hasMessageContaining("'b'; what fits is 'a' or NULL");
    Object empty = resource(Collections.singletonMap(text("service.name"), null));
    assertThatThrownBy(() -> batch(SignalTable.LOGS, type, text("b"), empty))
        .hasMessageContaining("'b'; what fits is NULL, as");
  }

  @Test
  void columnsOfAttributesAlone() throws Exception {
    LogicalType text = AttributeForm.TEXT.type();
    LogicalType number = AttributeForm.INT.type();
    RowType type =
        RowType.of(
            new LogicalType[] {text, number, text, text},
            new String[] {
              "attributes.a.b", "attributes.", "resource.attributes.r", "scope.attributes.s"
            });
    LogCursor log = log(type, text("x"), 7L, text("y"), text("z"));
    AttributeCursor attributes = log.attributes();
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.key()).isEqualTo("a.b");
    assertThat(attributes.type()).isEqualTo(AttributeType.STRING);
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.key()).isEmpty();
    assertThat(attributes.type()).isEqualTo(AttributeType.INT);
    assertThat(attributes.next()).isFalse();
    OtapBatch batch = batch(SignalTable.LOGS, type, null, null, text("y"), text("z"));
    assertThat(batch.table(PayloadType.LOG_ATTRS).rows()).isZero();
    assertThat(batch.table(PayloadType.RESOURCE_ATTRS).binaryVector("key").string(0))
        .isEqualTo("r");
    assertThat(batch.table(PayloadType.SCOPE_ATTRS).binaryVector("str").string(0)).isEqualTo("z");
  }

  @Test
  void columnsOfAttributesBesideAttributes() throws Exception {
    for (AttributeForm form : AttributeForm.values()) {
      RowType type =
          RowType.of(
              new LogicalType[] {ValueForm.TEXT.attributesType(), form.type()},
              new String[] {"attributes", "attributes.k"});
      Object value =
          switch (form) {
            case TEXT -> text("7");
            case INT -> 7L;
            case DOUBLE -> 7.5;
            case BOOL -> true;
            case BYTES -> new byte[] {7};
            case VARIANT -> Variant.newBuilder().of(7L);
          };
      String shown =
          switch (form) {
            case DOUBLE -> "7.5";
            case BOOL -> "true";
            case BYTES -> "Bw==";
            default -> "7";
          };
      GenericMapData same = new GenericMapData(Map.of(text("k"), text(shown)));
      AttributeCursor cursor = log(type, same, value).attributes();
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.type())
          .isEqualTo(
              switch (form) {
                case TEXT -> AttributeType.STRING;
                case INT, VARIANT -> AttributeType.INT;
                case DOUBLE -> AttributeType.DOUBLE;
                case BOOL -> AttributeType.BOOL;
                case BYTES -> AttributeType.BYTES;
              });
      assertThat(cursor.next()).isFalse();
      GenericMapData other = new GenericMapData(Map.of(text("k"), text("another")));
      assertThatThrownBy(() -> batch(SignalTable.LOGS, type, other, value))
          .hasMessageContaining("column attributes.k")
          .hasMessageContaining("'" + shown + "'; what fits is 'another' or NULL");
    }
  }

  @Test
  void whatOtlpCannotHold() {
    assertRefused(SignalTable.LOGS, "trace_id", text("ab"), "32 hex digits");
    assertRefused(SignalTable.LOGS, "span_id", text("xxxxxxxxxxxxxxxx"), "16 hex digits");
    assertRefused(SignalTable.LOGS, "flags", -1L, "0 to 4294967295");
    assertRefused(SignalTable.LOGS, "flags", 1L << 32, "0 to 4294967295");
    assertRefused(SignalTable.LOGS, "timestamp", millis(-1), "from 1970-01-01 to 2554-07-21");
    assertRefused(
        SignalTable.SPANS, "end_timestamp", millis(18_446_744_073_710L), "from 1970-01-01");
    assertRefused(
        SignalTable.LOGS,
        "attributes",
        new GenericMapData(Collections.singletonMap(null, text("v"))),
        "attributes with keys");
    assertRefused(
        SignalTable.SPANS,
        "events",
        new GenericArrayData(new Object[] {null}),
        "leave out what is not there");
  }

  private static void assertRefused(
      SignalTable table, String column, Object value, String message) {
    RowBatchBuilder builder = new RowBatchBuilder(table, type(table, column));
    assertThatThrownBy(() -> builder.add(GenericRowData.of(value)))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("column " + column)
        .hasMessageContaining(message)
        .extracting(e -> ((OtapException) e).kind())
        .isEqualTo(OtapErrorKind.SCHEMA);
  }

  private static AttributeType attribute(ValueForm form, Object attributes) throws Exception {
    RowType type =
        RowType.of(new LogicalType[] {form.attributesType()}, new String[] {"attributes"});
    LogCursor log = log(type, attributes);
    AttributeCursor cursor = log.attributes();
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.key()).isEqualTo("k");
    return cursor.type();
  }

  private static Object resource(Map<?, ?> attributes) {
    return GenericRowData.of(new GenericMapData(attributes), text(""), 0L);
  }

  private static int[] ids(OtapBatch batch, String column) {
    int[] ids = new int[batch.rows()];
    Arrays.setAll(ids, row -> batch.root().intVector(column).get(row));
    return ids;
  }

  private static LogCursor log(RowType type, Object... fields) throws Exception {
    LogCursor log = LogCursor.of(batch(SignalTable.LOGS, type, fields));
    assertThat(log.next()).isTrue();
    return log;
  }

  private static SpanCursor span(RowType type, Object... fields) throws Exception {
    SpanCursor span = SpanCursor.of(batch(SignalTable.SPANS, type, fields));
    assertThat(span.next()).isTrue();
    return span;
  }

  private static OtapBatch batch(SignalTable table, RowType type, Object... fields)
      throws Exception {
    RowBatchBuilder builder = new RowBatchBuilder(table, type);
    builder.add(GenericRowData.of(fields));
    assertThat(builder.rows()).isEqualTo(1);
    return builder.build();
  }

  /** How many attributes resources have. */
  private static int resourceAttributes(RowType type, Object... fields) throws Exception {
    return batch(SignalTable.LOGS, type, fields).table(PayloadType.RESOURCE_ATTRS).rows();
  }

  private static RowType type(SignalTable table, String... columns) {
    RowType all = table.rowType(ValueForm.TEXT);
    return RowType.of(
        Arrays.stream(columns)
            .map(name -> all.getTypeAt(all.getFieldIndex(name)))
            .toArray(LogicalType[]::new),
        columns);
  }

  private static StringData text(String text) {
    return StringData.fromString(text);
  }

  private static TimestampData millis(long millis) {
    return TimestampData.fromEpochMillis(millis);
  }
}
