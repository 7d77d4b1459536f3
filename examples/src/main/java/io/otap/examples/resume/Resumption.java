/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run goes on.
 *
 * @param from the checkpoint, or null for the beginning
 * @param unreadable sentences about newer checkpoints
 * @param superseded output of later checkpoints, where it lies now
 */
public record Resumption(Checkpoint from, List<String> unreadable, List<String> superseded) {

  public Resumption {
    unreadable = List.copyOf(unreadable);
    superseded = List.copyOf(superseded);
  }

  /**
   * Chooses the newest checkpoint that can be read, and makes the folder and the target as they
   * were then. Unreadable checkpoints are put aside before their output is: from then on they must
   * not be used, even if they can be read again. Whatever step this ends after, it can be done
   * again.
   *
   * @throws OtapException of kind CONFIG if there are checkpoints but none can be read, or if the
   *     target cannot take back what came after the one that can
   */
  public static Resumption prepare(RunFolder folder, EarlierOutput output) throws IOException {
    StoredCheckpoints stored = folder.checkpoints();
    List<Checkpoint> unusable = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    Checkpoint from = null;
    for (Checkpoint checkpoint : stored.list()) {
      try {
        StoredState.read(checkpoint.folder());
        from = checkpoint;
        break;
      } catch (IOException e) {
        unusable.add(checkpoint);
        unreadable.add(checkpoint + " cannot be read: " + e.getMessage());
      }
    }
    if (from == null && !unusable.isEmpty()) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "none of the checkpoints in "
              + folder.path()
              + " can be read ("
              + unreadable.get(0)
              + "); to begin anew, give another folder for checkpoints and another target");
    }
    if (!unusable.isEmpty() && !output.canBeTakenBack()) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          unreadable.get(0)
              + "; "
              + from
              + " can, but the target cannot take back what it was given after that; to go on and"
              + " give it twice, remove "
              + unusable.get(0).folder());
    }
    for (Checkpoint checkpoint : unusable) {
      stored.supersede(checkpoint);
    }
    return new Resumption(from, unreadable, output.supersede(from == null ? 0 : from.id()));
  }
}
