/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.flink.api.connector.sink2.mocks.MockCommitRequest;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpFileCommitterTest {

  @TempDir java.nio.file.Path folder;

  private Path target;
  private Path staging;

  @BeforeEach
  void paths() {
    target = new Path(folder.toUri());
    staging = new Path(target, ".staging-x");
  }

  @Test
  void partsAreJoinedInTheirOrder() throws IOException {
    List<PartFile> parts =
        List.of(
            part(Signal.LOGS, "1", "a"),
            part(Signal.TRACES, "1", "T"),
            part(Signal.LOGS, "2", "b"));
    assertThat(folder).isDirectoryNotContaining("glob:**.binpb");
    commit(false, parts);
    assertThat(folder.resolve("logs.binpb")).hasContent("ab");
    assertThat(folder.resolve("traces.binpb")).hasContent("T");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("logs.binpb", "traces.binpb");
  }

  @Test
  void committingAgainChangesNothing() throws IOException {
    List<PartFile> parts = List.of(part(Signal.LOGS, "1", "a"), part(Signal.LOGS, "2", "b"));
    commit(false, parts);
    commit(false, parts);
    assertThat(folder.resolve("logs.binpb")).hasContent("ab");
  }

  @Test
  void aCommitThatBrokeOffIsCarriedOn() throws IOException {
    List<PartFile> parts = List.of(part(Signal.LOGS, "1", "a"), part(Signal.TRACES, "1", "T"));
    Files.writeString(folder.resolve("logs.binpb"), "a");
    commit(false, parts);
    assertThat(folder.resolve("logs.binpb")).hasContent("a");
    assertThat(folder.resolve("traces.binpb")).hasContent("T");
  }

  @Test
  void whatABrokenAttemptAppendedIsCutOff() throws IOException {
    List<PartFile> parts =
        List.of(
            part(Signal.LOGS, "1", "a"), part(Signal.LOGS, "2", "bc"), part(Signal.LOGS, "3", "d"));
    commitPartsAlone(parts);
    Files.writeString(folder.resolve(".staging-x/logs-1"), "ab");
    commit(false, parts);
    assertThat(folder.resolve("logs.binpb")).hasContent("abcd");
    assertThat(folder.toFile().list()).containsExactly("logs.binpb");
  }

  @Test
  void partsOfSeveralPiecesAreJoinedInTheirOrder() throws IOException {
    String large = letters(17 << 20);
    String larger = letters((33 << 20) + 1);
    List<PartFile> parts =
        List.of(
            part(Signal.LOGS, "1", "a"),
            part(Signal.LOGS, "2", large),
            part(Signal.LOGS, "3", ""),
            part(Signal.LOGS, "4", larger),
            part(Signal.LOGS, "5", "z"));
    commit(false, parts);
    byte[] joined = Files.readAllBytes(folder.resolve("logs.binpb"));
    assertThat(new String(joined, StandardCharsets.US_ASCII).equals("a" + large + larger + "z"))
        .isTrue();
  }

  private static String letters(int length) {
    byte[] letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ('a' + (i ^ i >>> 7 ^ i >>> 15) % 26);
    }
    return new String(letters, StandardCharsets.US_ASCII);
  }

  @Test
  void aPartThatHasShrunkIsNamed() throws IOException {
    List<PartFile> parts = List.of(part(Signal.LOGS, "1", "abc"), part(Signal.LOGS, "2", "d"));
    commitPartsAlone(parts);
    Files.writeString(folder.resolve(".staging-x/logs-1"), "ab");
    assertThatThrownBy(() -> commit(false, parts))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("logs-1");
  }

  @Test
  void theResultOfAnotherIsReplacedOnlyIfAllowed() throws IOException {
    List<PartFile> parts = List.of(part(Signal.LOGS, "1", "a"));
    Files.writeString(folder.resolve("logs.binpb"), "x");
    assertThatThrownBy(() -> commit(false, parts))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("logs.binpb");
    assertThat(folder.resolve("logs.binpb")).hasContent("x");
    commit(true, parts);
    assertThat(folder.resolve("logs.binpb")).hasContent("a");
  }

  @Test
  void partsThatAreGoneAreNamed() throws IOException {
    List<PartFile> parts = List.of(part(Signal.LOGS, "1", "a"), part(Signal.LOGS, "2", "b"));
    staging.getFileSystem().delete(staging, true);
    assertThatThrownBy(() -> commit(false, parts))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.MISSING_FILE))
        .hasMessageContaining("logs-1");
    assertThat(folder).isDirectoryNotContaining("glob:**.binpb");
  }

  @Test
  void withoutPartsThereIsNoResult() throws IOException {
    commit(false, List.of());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTargetIsCheckedBeforeTheJob() throws IOException {
    OtlpFileSink.checkTarget(target, EnumSet.allOf(Signal.class), false);
    OtlpFileSink.checkTarget(new Path(target, "new"), EnumSet.allOf(Signal.class), false);
    Files.writeString(folder.resolve("traces.binpb"), "x");
    OtlpFileSink.checkTarget(target, EnumSet.of(Signal.LOGS), false);
    OtlpFileSink.checkTarget(target, EnumSet.allOf(Signal.class), true);
    assertThatThrownBy(() -> OtlpFileSink.checkTarget(target, EnumSet.allOf(Signal.class), false))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CONFIG))
        .hasMessageContaining("traces.binpb");
    Path file = new Path(folder.resolve("traces.binpb").toUri());
    assertThatThrownBy(() -> OtlpFileSink.checkTarget(file, EnumSet.allOf(Signal.class), true))
        .hasMessageContaining("is a file");
  }

  /** A result in the way keeps parts that are committed from being joined. */
  private void commitPartsAlone(List<PartFile> parts) throws IOException {
    java.nio.file.Path result = Files.writeString(folder.resolve("logs.binpb"), "x");
    assertThatThrownBy(() -> commit(false, parts)).isInstanceOf(OtapException.class);
    Files.delete(result);
  }

  private PartFile part(Signal signal, String name, String text) throws IOException {
    return TestParts.part(staging, signal, name, text);
  }

  private void commit(boolean overwrite, List<PartFile> parts) throws IOException {
    new OtlpFileCommitter(new ResultFiles(target, staging, overwrite))
        .commit(Arrays.asList(new MockCommitRequest<>(new OtlpFileCommittable(parts))));
  }
}
