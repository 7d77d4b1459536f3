/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.otap.core.TestData;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.otlp.RandomRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts that a batch is filtered into hold together what the batch holds. */
class RowSelectionTest {

  static Stream<Long> seeds() {
    return LongStream.rangeClosed(1, 40).boxed();
  }

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomBatchesAreTheSumOfTheirParts(long seed) throws IOException {
    RandomRequests requests = new RandomRequests(seed);
    Random random = new Random(seed);
    for (MessageLite request : List.of(requests.logs(), requests.traces(), requests.metrics())) {
      for (OtapBatch batch : decode(request)) {
        assertSum(batch, 1 + random.nextInt(4), random);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void recordedBatchesAreTheSumOfTheirParts(String set) throws IOException {
    Random random = new Random(set.hashCode());
    for (Signal signal : Signal.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected(set), signal)) {
        for (OtapBatch batch : decode(request)) {
          assertSum(batch, 3, random);
        }
      }
    }
  }

  @Test
  void classesOfRecoveryStayWithTheirRows() throws IOException {
    OtapBatch decoded = decode(new RandomRequests(8).logs()).get(0);
    byte[] resources = new byte[decoded.rows()];
    byte[] scopes = new byte[decoded.rows()];
    for (int row = 0; row < resources.length; row++) {
      resources[row] = (byte) (row % 3);
      scopes[row] = (byte) (row % 2);
    }
    OtapBatch batch =
        new OtapBatch(decoded.signal(), decoded.tables(), decoded.origin(), resources, scopes);
    OtapBatch odd = batch.filter(row -> row % 2 == 1);
    assertThat(odd.rows()).isEqualTo(batch.rows() / 2).isPositive();
    for (int row = 0; row < odd.rows(); row++) {
      assertThat(odd.resourceRecovery(row)).isEqualTo(batch.resourceRecovery(2 * row + 1));
      assertThat(odd.scopeRecovery(row)).isEqualTo(batch.scopeRecovery(2 * row + 1));
    }
  }

  @Test
  void allRowsAreTheBatchItselfAndNoneAnEmptyOne() throws IOException {
    OtapBatch batch = decode(new RandomRequests(9).traces()).get(0);
    assertThat(batch.filter(row -> true)).isSameAs(batch);
    assertThat(batch.filter(row -> false).tables())
        .singleElement()
        .satisfies(table -> assertThat(table.rows()).isZero());
  }

  private static void assertSum(OtapBatch batch, int parts, Random random) throws IOException {
    int[] part = random.ints(batch.rows(), 0, parts).toArray();
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.EXACT);
    for (int i = 0; i < parts; i++) {
      int number = i;
      OtapBatch filtered = batch.filter(row -> part[row] == number);
      assertConsistent(filtered);
      actual.add(filtered);
    }
    OtlpComparison comparison =
        OtlpComparison.of(new OtlpRecords(ComparisonProfile.EXACT).add(batch), actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  /** Ids are dense, every parent is there, children lie in the order of their parents. */
  private static void assertConsistent(OtapBatch batch) {
    for (OtapTable table : batch.tables()) {
      PayloadType type = table.type();
      if (type.id() != null && table.vector(type.id()) != null) {
        List<Integer> ids = present(table, type.id());
        assertThat(ids).containsExactlyInAnyOrderElementsOf(numbers(ids.size()));
      }
      if (type.parentId() == null) {
        continue;
      }
      List<Integer> parents = present(table, type.parentId());
      assertThat(parents).hasSize(table.rows()).isSorted();
      assertThat(owners(batch, type)).containsAll(parents);
    }
  }

  private static List<Integer> owners(OtapBatch batch, PayloadType type) {
    if (type.isShared()) {
      String column = type == PayloadType.RESOURCE_ATTRS ? "resource.id" : "scope.id";
      return present(batch.root(), batch.signal().root().column(column));
    }
    return present(batch.table(type.parent()), type.parent().id());
  }

  private static List<Integer> present(OtapTable table, Column column) {
    IntVector ids = (IntVector) table.vector(column);
    List<Integer> out = new ArrayList<>();
    for (int row = 0; ids != null && row < table.rows(); row++) {
      if (!ids.isNull(row)) {
        out.add(ids.get(row));
      }
    }
    return out;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<OtapBatch> decode(MessageLite request) throws IOException {
    return OtlpFiles.decode(request);
  }
}
