/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.batch.Vector;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtlpBufferTest {

  private final OtlpBuffer buffer = new OtlpBuffer();

  @Test
  void whatWasThereBeforeDoesNotShow() throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    for (String set : List.of("mixed", "metrics-varying-schema", "logs-multi")) {
      batches.addAll(read(set));
    }
    Collections.shuffle(batches, new Random(1));
    for (OtapBatch batch : batches) {
      byte[] expected = OtlpEncoder.encode(batch);
      assertThat(expected).isNotEmpty();
      assertThat(buffer.encode(batch).toByteArray()).isEqualTo(expected);
      assertThat(buffer.size()).isEqualTo(expected.length);
    }
    assertThat(batches).extracting(OtapBatch::signal).contains(Signal.values());
  }

  private static List<OtapBatch> read(String set) throws IOException {
    Storage storage = new LocalStorage();
    OtapTree tree = OtapTree.list(storage, TestData.parquet(set).toString());
    ReadOptions options = new ReadOptions(10, 4L << 20, RecoveryPolicy.LIKELY, false, 256L << 20);
    List<OtapBatch> batches = new ArrayList<>();
    for (SplitPlan plan :
        SplitPlanner.plan(tree, SplitPlanner.signals(tree), Long.MAX_VALUE / 2, options)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          batches.add(batch);
        }
      }
    }
    return batches;
  }

  @Test
  void aRequestIsStillThereWhenItHasBeenWritten() throws IOException {
    buffer.encode(logs(1_000));
    byte[] request = buffer.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = buffer.writeDelimited(out);
    assertThat(out.size()).isEqualTo(size).isEqualTo(request.length + 2);
    assertThat(out.toByteArray()).endsWith(request);
    assertThat(buffer.toByteArray()).isEqualTo(request);
  }

  @Test
  void aBatchThatCannotBeEncodedLeavesNothing() throws IOException {
    buffer.encode(logs(10));
    OtapBatch unknown = withBodyType(99);
    assertThatThrownBy(() -> buffer.encode(unknown)).hasMessageContaining("unknown type code 99");
    assertThat(buffer.size()).isZero();
    assertThat(buffer.encode(logs(10)).toByteArray()).isEqualTo(OtlpEncoder.encode(logs(10)));
  }

  private static OtapBatch logs(int rows) {
    int[] severities = new int[rows];
    Arrays.fill(severities, 9);
    return batch(rows, "severity_number", new IntVector(rows, null, severities));
  }

  private static OtapBatch withBodyType(int type) {
    return batch(1, "body.type", new ByteVector(1, null, new byte[] {(byte) type}));
  }

  private static OtapBatch batch(int rows, String column, Vector values) {
    PayloadType logs = PayloadType.LOGS;
    OtapTable table =
        new OtapTable(logs, rows, new Vector[logs.columns().size()])
            .with(logs.column(column), values);
    return new OtapBatch(Signal.LOGS, List.of(table), Origin.NONE, null, null);
  }
}
