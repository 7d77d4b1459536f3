/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir private Path temporary;

  @Test
  void oneProcessAtATime() throws IOException {
    Path path = temporary.resolve("a/b");
    try (RunFolder first = RunFolder.lock(path)) {
      assertThat(first.path()).isDirectory();
      assertThatThrownBy(() -> RunFolder.lock(path))
          .isInstanceOf(OtapException.class)
          .hasMessage(
              "another process keeps its checkpoints in "
                  + path
                  + "; end it, or give another folder for checkpoints");
    }
    RunFolder.lock(path).close();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertThatThrownBy(() -> RunFolder.lock(file))
        .hasMessage(file + " is a file; checkpoints need a folder");
  }

  @Test
  void aRunIsTheSameWhenReadAgain() throws IOException {
    try (RunFolder folder = RunFolder.lock(temporary)) {
      assertThat(RunRecord.load(folder)).isNull();
      RunRecord run = RunRecord.begin(Map.of("--from", "/ä b=c:\\d", "--signals", ""));
      run.store(folder);
      assertThat(RunRecord.load(folder)).isEqualTo(run);
      assertThat(run.run()).matches("[0-9a-f]{16}");
    }
  }

  @Test
  void whatDiffersIsNamed() {
    RunRecord run = RunRecord.begin(Map.of("--from", "/a", "--signals", ""));
    assertThatThrownBy(() -> run.requireSame(Map.of("--from", "/b"), temporary))
        .hasMessage(
            "the checkpoints in "
                + temporary
                + " belong to a run with --from /a, not --from /b; give what it was begun with, or"
                + " another folder for checkpoints");
    assertThatThrownBy(
            () -> run.requireSame(Map.of("--from", "/a", "--signals", "logs"), temporary))
        .hasMessageContaining("a run with no --signals, not --signals logs;");
  }

  @Test
  void whatIsEmptyAndWhatIsMissingAreTheSame() throws IOException {
    RunRecord.begin(Map.of("--from", "/a", "--signals", ""))
        .requireSame(Map.of("--from", "/a", "source.include", ""), temporary);
  }

  @Test
  void aDamagedRecordIsRefused() throws IOException {
    for (String content : List.of("--from=/a\n", "a=\\uzzzz\n")) {
      Path file = Files.writeString(temporary.resolve(RunRecord.FILE), content);
      try (RunFolder folder = RunFolder.lock(temporary)) {
        assertThatThrownBy(() -> RunRecord.load(folder))
            .hasMessageStartingWith(file + " does not tell what run its checkpoints belong to");
      }
    }
  }
}
