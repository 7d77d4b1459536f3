/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.rolling.Publication.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.mocks.MockCommitRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationCommitterTest {

  @TempDir Path folder;

  private Path staging;
  private PublicationCommitter committer;

  @BeforeEach
  void prepare() throws IOException {
    staging = Files.createDirectory(folder.resolve(".staging-r"));
    committer = new PublicationCommitter(FaultyFileSystem.path(folder).getFileSystem());
    FaultyFileSystem.heal();
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void aFailureAtAnyStepChangesNothing() throws IOException {
    commit(publication("count"));
    int steps = FaultyFileSystem.changes();
    assertThat(steps).isGreaterThan(8);
    for (int step = 0; step < steps; step++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        String name = "step-" + step + afterwards;
        Publication publication = publication(name);
        FaultyFileSystem.failAt(step, afterwards);
        assertThatThrownBy(() -> commit(publication)).hasMessageContaining("failing as asked");
        FaultyFileSystem.heal();
        commit(publication);
        commit(publication);
        assertThat(folder.resolve(name + "/moved")).hasContent("a");
        assertThat(folder.resolve(name + "/joined")).hasContent("bc");
        assertThat(folder.resolve(name).toFile().list()).hasSize(2);
        assertThat(staging.resolve(name + "-old")).doesNotExist();
        assertThat(staging.resolve(name + "-b")).exists();
      }
    }
  }

  @Test
  void filesAppearInTheirOrder() throws IOException {
    Publication publication = publication("x");
    FaultyFileSystem.heal();
    commit(publication);
    assertThat(FaultyFileSystem.renamed())
        .containsExactly(
            folder.resolve("x/moved").toString(), folder.resolve("x/joined").toString());
  }

  @Test
  void aReaderMayTakeFilesAwayBeforeTheCommitIsRepeated() throws IOException {
    Publication publication = publication("x");
    commit(publication);
    Files.delete(folder.resolve("x/moved"));
    commit(publication);
    assertThat(folder.resolve("x").toFile().list()).containsExactly("joined");
  }

  @Test
  void partsThatAreGoneAreNamed() throws IOException {
    Publication publication = publication("x");
    Files.delete(staging.resolve("x-b"));
    assertThatThrownBy(() -> commit(publication))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.MISSING_FILE))
        .hasMessageContaining("x-b");
    assertThat(folder.resolve("x/joined")).doesNotExist();
  }

  @Test
  void aFolderIsRemovedOnlyWhenEmpty() throws IOException {
    Publication last = new Publication("", List.of(), List.of(uri(staging)));
    Path file = Files.writeString(staging.resolve("of another"), "x");
    commit(last);
    assertThat(file).exists();
    Files.delete(file);
    commit(last);
    assertThat(staging).doesNotExist();
    commit(last);
  }

  private Publication publication(String name) throws IOException {
    return new Publication(
        uri(staging.resolve(name + "-published")),
        List.of(
            new OutputFile(uri(folder.resolve(name + "/moved")), parts(name + "-a", "a"), true),
            new OutputFile(
                uri(folder.resolve(name + "/joined")),
                parts(name + "-b", "b", name + "-c", "c"),
                false)),
        List.of(uri(Files.writeString(staging.resolve(name + "-old"), "old"))));
  }

  private List<StagedPart> parts(String... namesAndTexts) throws IOException {
    List<StagedPart> parts = new ArrayList<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      Path part = Files.writeString(staging.resolve(namesAndTexts[i]), namesAndTexts[i + 1]);
      parts.add(new StagedPart(uri(part), Files.size(part)));
    }
    return parts;
  }

  private static String uri(Path path) {
    return FaultyFileSystem.path(path).toString();
  }

  private void commit(Publication publication) throws IOException {
    committer.commit(List.of(new MockCommitRequest<>(publication)));
  }
}
