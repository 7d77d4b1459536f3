/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an exporter with all defects of today's writes comes back: every record and field that it
 * has a column for, and the right attributes of every resource and scope that is called certain.
 */
class EngineWorldsTest {

  private static long rows;
  private static long uncertain;

  @TempDir Path tree;

  static Stream<Long> worlds() {
    return Worlds.seeds();
  }

  /** Else the worlds would show nothing. */
  @AfterAll
  static void mostRowsAreCertain() {
    assertThat(uncertain).isLessThan(rows / 3);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void certainRowsAreRightAndAllRowsAreThere(long seed) throws IOException {
    Random random = new Random(seed);
    DecentSender sender = new DecentSender();
    List<MessageLite> requests = new ArrayList<>();
    for (MessageLite request : Worlds.requests(random)) {
      requests.add(sender.decent(request));
    }
    List<EngineExporter> exporters = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      int rowsPerFile = random.nextBoolean() ? 1_000_000 : 1 + random.nextInt(40);
      exporters.add(new EngineExporter(tree, random, rowsPerFile, random.nextBoolean()));
    }
    for (MessageLite request : requests) {
      exporters.get(random.nextInt(exporters.size())).export(request);
    }
    for (EngineExporter exporter : exporters) {
      exporter.finish();
    }
    List<OtapBatch> batches = Worlds.replay(tree, random);
    CertainRecords certain = new CertainRecords();
    batches.forEach(certain::note);
    rows += certain.rows();
    uncertain += certain.open();
    OtlpRecords expected = certain.records();
    requests.forEach(request -> certain.add(request, expected));
    OtlpRecords actual = certain.records();
    for (OtapBatch batch : batches) {
      certain.add(batch, actual);
    }
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as("world %d: %s", seed, comparison.difference()).isTrue();
  }
}
