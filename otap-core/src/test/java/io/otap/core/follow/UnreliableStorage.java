/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A storage whose listings leave files out, a few times in a row at most, fail half-way, or do not
 * find a folder for a while.
 */
final class UnreliableStorage implements Storage {

  private final Storage storage = new LocalStorage();
  private final Random random;
  private final int most;
  private final Map<String, Integer> missed = new HashMap<>();
  private int lost;

  /**
   * @param most listings in a row that a file may be missing from
   */
  UnreliableStorage(Random random, int most) {
    this.random = random;
    this.most = most;
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    if (lost > 0) {
      lost--;
      throw new FileNotFoundException("lost for a while: " + folder);
    }
    int fault = random.nextInt(60);
    if (fault == 0) {
      throw new IOException("the listing broke off");
    }
    if (fault == 1) {
      lost = random.nextInt(3);
      throw new FileNotFoundException("lost for a while: " + folder);
    }
    List<Entry> shown = new ArrayList<>();
    for (Entry entry : storage.list(folder)) {
      int times = missed.getOrDefault(entry.path(), 0);
      if (!entry.folder() && times < most && random.nextBoolean()) {
        missed.put(entry.path(), times + 1);
      } else {
        missed.put(entry.path(), 0);
        shown.add(entry);
      }
    }
    return shown;
  }

  @Override
  public SeekableInput open(String file) throws IOException {
    return storage.open(file);
  }
}
