/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchJoinTest {

  private static final int NULL = Integer.MIN_VALUE;

  @Test
  void childrenInParentOrderKeepTheirOrder() throws Exception {
    OtapBatch batch = join(logs(10, NULL, 11), attrs(10, 10, 11));
    assertThat(ids(batch.root(), PayloadType.LOGS.id())).containsExactly(0, NULL, 1);
    assertThat(parents(batch, PayloadType.LOG_ATTRS)).containsExactly(0, 0, 1);
    assertThat(values(batch, PayloadType.LOG_ATTRS)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void childrenInTransportOrderAreSortedStably() throws Exception {
    OtapBatch batch = join(logs(5, 6, 7), attrs(7, 5, 6, 5, 7));
    assertThat(parents(batch, PayloadType.LOG_ATTRS)).containsExactly(0, 0, 1, 2, 2);
    assertThat(values(batch, PayloadType.LOG_ATTRS)).containsExactly(1L, 3L, 2L, 0L, 4L);
  }

  @Test
  void rowsWithoutParentAreCountedAndLeftOut() throws Exception {
    OtapBatch batch = join(logs(5), attrs(4, 5, 9, 9));
    assertThat(values(batch, PayloadType.LOG_ATTRS)).containsExactly(1L);
    assertThat(batch.origin().orphans()).isEqualTo(Map.of(PayloadType.LOG_ATTRS, 3L));
  }

  @Test
  void theFirstRowWithoutParentIsNamedIfAskedTo() {
    assertThatThrownBy(
            () ->
                BatchJoin.join(
                    Signal.LOGS,
                    root(logs(5)),
                    children(attrs(5, 9)),
                    Map.of(),
                    true,
                    OrphanSink.NONE))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION))
        .hasMessageContaining("parent_id 9")
        .hasMessageContaining("log_attrs")
        .hasMessageContaining("attrs.parquet");
  }

  @Test
  void equalIdsAreRefused() {
    assertThatThrownBy(() -> join(logs(5, 6, 5), attrs(5)))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("id 5");
  }

  @Test
  void idsFarApartAndAbove2To31() throws Exception {
    OtapBatch batch = join(logs(0, 7_000_000, -2), attrs(-2, 0));
    assertThat(parents(batch, PayloadType.LOG_ATTRS)).containsExactly(0, 2);
    assertThat(values(batch, PayloadType.LOG_ATTRS)).containsExactly(1L, 0L);
  }

  @Test
  void threeLevels() throws Exception {
    Map<PayloadType, List<Slice>> children = new HashMap<>();
    OtapTable points =
        table(PayloadType.NUMBER_DATA_POINTS, new int[] {31, 30, 32}, new int[] {8, 7, 6});
    OtapTable exemplars =
        table(PayloadType.NUMBER_DP_EXEMPLARS, new int[] {50, 51, 52}, new int[] {30, 31, 32});
    OtapTable attrs = table(PayloadType.NUMBER_DP_EXEMPLAR_ATTRS, null, new int[] {51, 50, 52, 51});
    children.put(PayloadType.NUMBER_DATA_POINTS, List.of(new Slice("p", points)));
    children.put(PayloadType.NUMBER_DP_EXEMPLARS, List.of(new Slice("e", exemplars)));
    children.put(PayloadType.NUMBER_DP_EXEMPLAR_ATTRS, List.of(new Slice("a", attrs)));
    OtapBatch batch =
        BatchJoin.join(
            Signal.METRICS,
            root(table(PayloadType.UNIVARIATE_METRICS, new int[] {7, 8}, null)),
            children,
            Map.of(),
            false,
            OrphanSink.NONE);
    assertThat(parents(batch, PayloadType.NUMBER_DATA_POINTS)).containsExactly(0, 1);
    assertThat(parents(batch, PayloadType.NUMBER_DP_EXEMPLARS)).containsExactly(0, 1);
    assertThat(values(batch, PayloadType.NUMBER_DP_EXEMPLARS)).containsExactly(0L, 1L);
    assertThat(parents(batch, PayloadType.NUMBER_DP_EXEMPLAR_ATTRS)).containsExactly(0, 1, 1);
    assertThat(values(batch, PayloadType.NUMBER_DP_EXEMPLAR_ATTRS)).containsExactly(1L, 0L, 3L);
    assertThat(batch.origin().orphans())
        .isEqualTo(
            Map.of(
                PayloadType.NUMBER_DATA_POINTS,
                1L,
                PayloadType.NUMBER_DP_EXEMPLARS,
                1L,
                PayloadType.NUMBER_DP_EXEMPLAR_ATTRS,
                1L));
  }

  @Test
  void slicingDoesNotMatter() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int world = 0; world < 200; world++) {
      int roots = 1 + random.nextInt(50);
      int[] ids = IntStream.range(0, roots).map(i -> 100 + 2 * i).toArray();
      int[] parents = random.ints(random.nextInt(300), 95, 105 + 2 * roots).toArray();
      OtapTable attrs = attrs(parents);
      OtapBatch whole = join(logs(ids), attrs);
      List<Slice> slices = new ArrayList<>();
      for (int from = 0, to; from < attrs.rows(); from = to) {
        to = from + 1 + random.nextInt(attrs.rows() - from);
        slices.add(new Slice("attrs.parquet", attrs.slice(from, to)));
      }
      OtapBatch sliced =
          BatchJoin.join(
              Signal.LOGS,
              root(logs(ids)),
              slices.isEmpty() ? Map.of() : Map.of(PayloadType.LOG_ATTRS, slices),
              Map.of(),
              false,
              OrphanSink.NONE);
      assertThat(values(sliced, PayloadType.LOG_ATTRS))
          .as("seed %d, world %d", seed, world)
          .isEqualTo(values(whole, PayloadType.LOG_ATTRS));
      assertThat(parents(sliced, PayloadType.LOG_ATTRS)).isSorted();
      assertThat(sliced.origin()).isEqualTo(whole.origin());
    }
  }

  private static OtapBatch join(OtapTable logs, OtapTable attrs) throws OtapException {
    return BatchJoin.join(
        Signal.LOGS, root(logs), children(attrs), Map.of(), false, OrphanSink.NONE);
  }

  private static Map<PayloadType, List<Slice>> children(OtapTable attrs) {
    return Map.of(PayloadType.LOG_ATTRS, List.of(new Slice("attrs.parquet", attrs)));
  }

  private static RootSlice root(OtapTable rows) {
    return new RootSlice("p", "root.parquet", 0, rows, Collections.emptyList(), null, null);
  }

  private static OtapTable logs(int... ids) {
    return table(PayloadType.LOGS, ids, null);
  }

  /** Attributes whose {@code int} value is their row. */
  private static OtapTable attrs(int... parents) {
    return table(PayloadType.LOG_ATTRS, null, parents);
  }

  private static OtapTable table(PayloadType type, int[] ids, int[] parents) {
    int rows = ids == null ? parents.length : ids.length;
    Vector[] vectors = new Vector[type.columns().size()];
    if (ids != null) {
      vectors[type.id().index()] = ints(ids);
    }
    if (parents != null) {
      vectors[type.parentId().index()] = ints(parents);
    }
    for (String marker : List.of("int", "int_value")) {
      if (type.has(marker)) {
        vectors[type.column(marker).index()] =
            new LongVector(rows, null, IntStream.range(0, rows).asLongStream().toArray());
      }
    }
    return new OtapTable(type, rows, vectors);
  }

  private static IntVector ints(int[] values) {
    int[] copy = values.clone();
    long[] validity = Validity.empty(copy.length);
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] == NULL) {
        copy[i] = 0;
      } else {
        Validity.set(validity, i);
      }
    }
    return new IntVector(
        copy.length, Validity.count(validity, copy.length) == copy.length ? null : validity, copy);
  }

  private static List<Integer> ids(OtapTable table, io.otap.core.model.Column column) {
    IntVector vector = (IntVector) table.vector(column);
    return IntStream.range(0, table.rows())
        .mapToObj(i -> vector.isNull(i) ? NULL : vector.get(i))
        .toList();
  }

  private static List<Integer> parents(OtapBatch batch, PayloadType type) {
    OtapTable table = batch.table(type);
    return table.rows() == 0 ? List.of() : ids(table, type.parentId());
  }

  private static List<Long> values(OtapBatch batch, PayloadType type) {
    OtapTable table = batch.table(type);
    LongVector vector = table.longVector(type.has("int") ? "int" : "int_value");
    return vector == null
        ? List.of()
        : Arrays.stream(vector.values()).limit(table.rows()).boxed().toList();
  }
}
