/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.AbstractChannelStateHandle;
import org.apache.flink.runtime.state.AbstractMergedChannelStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.StreamStateHandle;

/** Reads all bytes of a checkpoint, as a job that goes on from it will. */
final class StoredState {

  static final String METADATA = "_metadata";

  private static final int BLOCK = 1 << 16;

  private StoredState() {}

  /**
   * @throws IOException with what is missing or damaged
   */
  static void read(Path checkpoint) throws IOException {
    CheckpointMetadata metadata = metadata(checkpoint);
    Set<StreamStateHandle> parts = new LinkedHashSet<>();
    for (OperatorState operator : metadata.getOperatorStates()) {
      if (operator.getCoordinatorState() != null) {
        parts.add(operator.getCoordinatorState());
      }
      operator.getStates().forEach(state -> collect(state, parts));
    }
    for (StreamStateHandle part : parts) {
      readAll(part);
    }
  }

  private static CheckpointMetadata metadata(Path checkpoint) throws IOException {
    Path file = checkpoint.resolve(METADATA);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return Checkpoints.loadCheckpointMetadata(
          in, StoredState.class.getClassLoader(), checkpoint.toUri().toString());
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // Damaged bytes are taken for lengths and class names before anybody sees that they are wrong
      throw new IOException(file + " is damaged: " + e, e);
    } catch (IOException e) {
      throw new IOException(file + " is cut off or damaged: " + e, e);
    }
  }

  private static void collect(OperatorSubtaskState state, Set<StreamStateHandle> parts) {
    Stream.<Collection<? extends StateObject>>of(
            state.getManagedOperatorState(),
            state.getRawOperatorState(),
            state.getManagedKeyedState(),
            state.getRawKeyedState(),
            state.getInputChannelState(),
            state.getUpstreamOutputBufferState(),
            state.getResultSubpartitionState())
        .flatMap(Collection::stream)
        .forEach(
            part -> {
              if (part instanceof StreamStateHandle stream) {
                parts.add(stream);
              } else if (part instanceof AbstractChannelStateHandle<?> channel) {
                parts.add(channel.getDelegate());
              } else if (part instanceof AbstractMergedChannelStateHandle<?, ?> channel) {
                parts.add(channel.getDelegate());
              }
            });
  }

  private static void readAll(StreamStateHandle part) throws IOException {
    byte[] block = new byte[BLOCK];
    long read = 0;
    try (InputStream in = part.openInputStream()) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        read += n;
      }
    }
    if (read < part.getStateSize()) {
      throw new IOException(
          "its state " + part + " has only " + read + " of " + part.getStateSize() + " bytes");
    }
  }
}
