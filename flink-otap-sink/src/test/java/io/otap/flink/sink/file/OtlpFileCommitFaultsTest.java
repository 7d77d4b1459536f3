/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.model.Signal;
import io.otap.flink.sink.rolling.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.flink.api.connector.sink2.mocks.MockCommitRequest;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that breaks off between any two of its steps gives the same when it is repeated. */
class OtlpFileCommitFaultsTest {

  @TempDir java.nio.file.Path temporary;

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyStepCanBeTheLast(boolean afterwards) throws IOException {
    int steps = steps();
    assertThat(steps).isGreaterThan(4);
    for (int step = 0; step < steps; step++) {
      java.nio.file.Path folder = Files.createDirectories(temporary.resolve("step" + step));
      OtlpFileCommittable parts = parts(folder);
      FaultyFileSystem.failAt(step, afterwards);
      assertThatThrownBy(() -> commit(folder, parts)).hasMessageContaining("failing as asked");
      FaultyFileSystem.heal();
      commit(folder, parts);
      assertResult(folder, step);
      commit(folder, parts);
      assertResult(folder, step);
    }
  }

  private int steps() throws IOException {
    java.nio.file.Path folder = Files.createDirectories(temporary.resolve("whole"));
    OtlpFileCommittable parts = parts(folder);
    FaultyFileSystem.heal();
    commit(folder, parts);
    assertResult(folder, -1);
    return FaultyFileSystem.changes();
  }

  private static void assertResult(java.nio.file.Path folder, int step) {
    assertThat(folder.resolve("logs.binpb")).as("step %d", step).hasContent("abc");
    assertThat(folder.resolve("traces.binpb")).as("step %d", step).hasContent("T");
    assertThat(folder.toFile().list())
        .as("step %d", step)
        .containsExactlyInAnyOrder("logs.binpb", "traces.binpb");
  }

  private static OtlpFileCommittable parts(java.nio.file.Path folder) throws IOException {
    Path staging = staging(folder);
    return new OtlpFileCommittable(
        List.of(
            TestParts.part(staging, Signal.LOGS, "1", "a"),
            TestParts.part(staging, Signal.TRACES, "1", "T"),
            TestParts.part(staging, Signal.LOGS, "2", "bc")));
  }

  private static void commit(java.nio.file.Path folder, OtlpFileCommittable parts)
      throws IOException {
    new OtlpFileCommitter(new ResultFiles(FaultyFileSystem.path(folder), staging(folder), false))
        .commit(List.of(new MockCommitRequest<>(parts)));
  }

  private static Path staging(java.nio.file.Path folder) {
    return new Path(FaultyFileSystem.path(folder), ".staging-x");
  }
}
