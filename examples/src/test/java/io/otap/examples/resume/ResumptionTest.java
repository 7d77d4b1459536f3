/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checkpoint a run goes on from, and what happens to what came later. */
class ResumptionTest {

  private static final String JOB = "0123456789abcdef0123456789abcdef";
  private static final String LATER_JOB = "f".repeat(32);
  private static final int STATE_BYTES = 1000;

  @TempDir private Path temporary;
  private RunFolder folder;
  private final List<Long> taken = new ArrayList<>();

  @BeforeEach
  void lock() throws IOException {
    folder = RunFolder.lock(temporary);
  }

  @AfterEach
  void close() throws IOException {
    folder.close();
  }

  @Test
  void theBeginningIfThereIsNone() throws IOException {
    Files.createDirectories(temporary.resolve(JOB).resolve("chk-1"));
    Resumption resumption = prepare();
    assertThat(resumption.from()).isNull();
    assertThat(resumption.unreadable()).isEmpty();
    assertThat(taken).containsExactly(0L);
  }

  @Test
  void theNewestOfAllProcesses() throws IOException {
    checkpoint(JOB, 9);
    checkpoint(JOB, 10);
    Path newest = checkpoint(LATER_JOB, 11);
    Files.createDirectories(temporary.resolve(LATER_JOB).resolve("chk-12"));
    assertThat(prepare().from()).isEqualTo(new Checkpoint(11, newest));
    assertThat(taken).as("also output of a checkpoint that somebody removed").containsExactly(11L);
  }

  @Test
  void anOlderOneIfTheMetadataIsCutOff() throws IOException {
    Path older = checkpoint(JOB, 10);
    Path metadata = checkpoint(JOB, 11).resolve(StoredState.METADATA);
    Files.write(metadata, new byte[0]);
    Resumption resumption = prepare();
    assertThat(resumption.from()).isEqualTo(new Checkpoint(10, older));
    assertThat(resumption.unreadable())
        .singleElement()
        .asString()
        .startsWith("checkpoint 11 cannot be read: " + metadata + " is cut off or damaged: ");
    assertThat(resumption.superseded()).containsExactly("moved");
    assertThat(taken).containsExactly(10L);
  }

  @Test
  void everyCutOfTheMetadataIsNoticed() throws IOException {
    Path folder = checkpoint(JOB, 11);
    Path metadata = folder.resolve(StoredState.METADATA);
    byte[] whole = Files.readAllBytes(metadata);
    for (int length = 0; length < whole.length; length++) {
      Files.write(metadata, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> StoredState.read(folder))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class);
    }
    Files.write(metadata, whole);
    StoredState.read(folder);
  }

  @Test
  void anOlderOneIfStateIsGoneOrCutOff() throws IOException {
    Path older = checkpoint(JOB, 10);
    Path cut = checkpoint(JOB, 11);
    Files.write(cut.resolve("state"), new byte[STATE_BYTES - 1]);
    Files.delete(checkpoint(LATER_JOB, 12).resolve("state"));
    Resumption resumption = prepare();
    assertThat(resumption.from()).isEqualTo(new Checkpoint(10, older));
    assertThat(resumption.unreadable()).hasSize(2);
    assertThat(resumption.unreadable().get(1)).contains("has only 999 of 1000 bytes");
  }

  @Test
  void whatWasPassedOverIsNotUsedLater() throws IOException {
    checkpoint(JOB, 10);
    Path state = checkpoint(JOB, 11).resolve("state");
    byte[] content = Files.readAllBytes(state);
    Files.delete(state);
    prepare();
    Path aside = temporary.resolve(StoredCheckpoints.SUPERSEDED).resolve(JOB).resolve("chk-11");
    assertThat(aside).isDirectory();
    Files.write(aside.resolve("state"), content);
    assertThat(prepare().from().id()).isEqualTo(10);
  }

  @Test
  void itIsDoneAgainAfterAFailure() throws IOException {
    checkpoint(JOB, 10);
    Files.delete(checkpoint(JOB, 11).resolve(StoredState.METADATA).resolveSibling("state"));
    assertThatThrownBy(
            () ->
                Resumption.prepare(
                    folder,
                    checkpoint -> {
                      throw new IOException("half of it");
                    }))
        .hasMessage("half of it");
    assertThat(prepare().from().id()).isEqualTo(10);
    assertThat(taken).containsExactly(10L);
  }

  @Test
  void aTargetThatTakesNothingBackRefuses() throws IOException {
    checkpoint(JOB, 10);
    Path unreadable = checkpoint(JOB, 11);
    Files.delete(unreadable.resolve("state"));
    EarlierOutput sent =
        new EarlierOutput() {
          @Override
          public List<String> supersede(long checkpoint) {
            taken.add(checkpoint);
            return List.of();
          }

          @Override
          public boolean canBeTakenBack() {
            return false;
          }
        };
    assertThatThrownBy(() -> Resumption.prepare(folder, sent))
        .isInstanceOf(OtapException.class)
        .hasMessageStartingWith("checkpoint 11 cannot be read: ")
        .hasMessageEndingWith(
            "; checkpoint 10 can, but the target cannot take back what it was given after that; to"
                + " go on and give it twice, remove "
                + unreadable);
    assertThat(taken).isEmpty();
    assertThat(unreadable).isDirectory();
  }

  @Test
  void nothingIsBegunAnewBehindTheUsersBack() throws IOException {
    Files.delete(checkpoint(JOB, 11).resolve("state"));
    assertThatThrownBy(this::prepare)
        .isInstanceOf(OtapException.class)
        .hasMessageStartingWith("none of the checkpoints in " + temporary + " can be read");
    assertThat(taken).isEmpty();
  }

  @Test
  void leftoversAreRemoved() throws IOException {
    Path kept = checkpoint(LATER_JOB, 12);
    Path unfinished = Files.createDirectories(temporary.resolve(LATER_JOB).resolve("chk-13"));
    Path old = checkpoint(JOB, 10);
    Path foreign = Files.writeString(temporary.resolve("notes.txt"), "mine");
    folder.checkpoints().prune(1);
    assertThat(kept.resolve("state")).exists();
    assertThat(unfinished).doesNotExist();
    assertThat(old.getParent()).doesNotExist();
    assertThat(foreign).exists();
  }

  private Resumption prepare() throws IOException {
    return Resumption.prepare(
        folder,
        checkpoint -> {
          taken.add(checkpoint);
          return List.of("moved");
        });
  }

  /** A checkpoint as Flink writes it, with state in a file of its own. */
  private Path checkpoint(String job, long id) throws IOException {
    Path path = Files.createDirectories(temporary.resolve(job).resolve("chk-" + id));
    Path state = Files.write(path.resolve("state"), new byte[STATE_BYTES]);
    OperatorState operator = new OperatorState("name", "uid", new OperatorID(1, 2), 1, 128);
    operator.putState(
        0,
        OperatorSubtaskState.builder()
            .setManagedOperatorState(
                new OperatorStreamStateHandle(
                    Map.of(),
                    new FileStateHandle(
                        new org.apache.flink.core.fs.Path(state.toUri()), STATE_BYTES)))
            .build());
    try (OutputStream out =
        FileSystem.getLocalFileSystem()
            .create(
                new org.apache.flink.core.fs.Path(path.resolve(StoredState.METADATA).toUri()),
                FileSystem.WriteMode.OVERWRITE)) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(id, List.of(operator), List.of()), out);
    }
    return path;
  }
}
