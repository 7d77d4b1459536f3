/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shapes of {@link HostileMemory}, smaller, come back whole and within a small memory. */
class HostileShapeTest {

  @TempDir Path tree;

  private List<MessageLite> write(HostileShape shape, int count, int size) throws IOException {
    List<MessageLite> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(shape.request(i, size));
    }
    shape.write(tree, count, requests::get);
    return requests;
  }

  private static ReadOptions options(long readerMemory) {
    return new ReadOptions(5_000, 16 << 20, RecoveryPolicy.LIKELY, true, readerMemory);
  }

  @ParameterizedTest
  @EnumSource
  void comesBack(HostileShape shape) throws IOException {
    int count = shape == HostileShape.SHUFFLED ? 1 : Math.min(20, shape.requests);
    List<MessageLite> requests = write(shape, count, 50_000);
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.PARQUET);
    requests.forEach(expected::add);
    for (long splitSize : new long[] {100_000, Long.MAX_VALUE / 2}) {
      OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
      for (OtapBatch batch : Worlds.replay(tree, splitSize, options(256 << 20))) {
        actual.add(batch);
      }
      OtlpComparison comparison = OtlpComparison.of(expected, actual);
      assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    }
  }

  /** 60 MB of values in a page of parents, read with 24 MB for rows that wait. */
  @Test
  void largeValuesDoNotWaitForTheRowsOfTheirPage() throws IOException {
    write(HostileShape.LARGE_VALUES, 6, 1_000_000);
    assertThat(Worlds.replay(tree, Long.MAX_VALUE / 2, options(24 << 20)))
        .hasSizeGreaterThan(3)
        .allSatisfy(batch -> assertThat(batch.bytes()).isLessThan(24 << 20));
  }

  @Test
  void moreThanTheReadersMemoryNamesTheOption() throws IOException {
    write(HostileShape.MANY_POINTS, 1, 100_000);
    assertThatThrownBy(() -> Worlds.replay(tree, Long.MAX_VALUE / 2, options(1 << 20)))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION))
        .hasMessageContaining("source.reader-memory");
  }
}
