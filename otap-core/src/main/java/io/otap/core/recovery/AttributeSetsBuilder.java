/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import java.util.Arrays;

/**
 * Takes the rows of a shared attribute table in file order. Neighbouring rows of one key make a
 * run; its content is kept once, so a run takes eight bytes.
 */
@Internal
final class AttributeSetsBuilder {

  private static final int SEVERAL = -1;

  private final PayloadType type;
  private final Attributes attributes = new Attributes();
  private final IntSequences runs = new IntSequences();
  private final IdList runKeys = new IdList(16);
  private final IdList runContents = new IdList(16);
  private final IntSequences sortedSets = new IntSequences();
  private final IntSequences contents = new IntSequences();
  private int[] buffer = new int[16];
  private int buffered;
  private long key = -1;

  private int[] seen = new int[16];
  private int round;
  private int[] several = new int[16];
  private int severalSize;

  AttributeSetsBuilder(PayloadType type) {
    this.type = type;
  }

  /** Rows without a key belong to nothing and are left out. */
  void add(OtapTable rows) {
    IntVector parents = rows.intVector("parent_id");
    if (parents == null) {
      return;
    }
    Attributes.Rows columns = new Attributes.Rows(rows);
    for (int row = 0; row < rows.rows(); row++) {
      if (parents.isNull(row)) {
        continue;
      }
      long parent = Integer.toUnsignedLong(parents.get(row));
      if (parent != key) {
        endRun();
        key = parent;
      }
      append(attributes.intern(columns, row));
    }
  }

  private void append(int attribute) {
    if (buffered == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffered);
    }
    buffer[buffered++] = attribute;
  }

  private void endRun() {
    if (buffered > 0) {
      runKeys.add(key);
      runContents.add(runs.intern(buffer, buffered));
      buffered = 0;
    }
  }

  AttributeSets build() {
    endRun();
    long[] order = order();
    int[] setOfRun = new int[runs.size()];
    Arrays.fill(setOfRun, Integer.MIN_VALUE);
    IdList keys = new IdList(runKeys.size());
    int[] sets = new int[runKeys.size()];
    for (int from = 0, to; from < runKeys.size(); from = to) {
      long k = runKeys.get(at(order, from));
      to = from + 1;
      while (to < runKeys.size() && runKeys.get(at(order, to)) == k) {
        to++;
      }
      int content = (int) runContents.get(at(order, from));
      int set = to - from == 1 ? setOfRun[content] : Integer.MIN_VALUE;
      if (set == Integer.MIN_VALUE) {
        buffered = 0;
        for (int i = from; i < to; i++) {
          gather((int) runContents.get(at(order, i)));
        }
        set = split();
        if (to - from == 1) {
          setOfRun[content] = set;
        }
      }
      sets[keys.size()] = set;
      keys.add(k);
    }
    keys.trim();
    return new AttributeSets(
        type,
        attributes,
        contents,
        keys,
        Arrays.copyOf(sets, keys.size()),
        Arrays.copyOf(several, severalSize));
  }

  private static int at(long[] order, int index) {
    return order == null ? index : (int) order[index];
  }

  /** The runs by key, those of one key in file order; null if they are already. */
  private long[] order() {
    boolean ascending = true;
    for (int run = 1; run < runKeys.size() && ascending; run++) {
      ascending = runKeys.get(run - 1) <= runKeys.get(run);
    }
    if (ascending) {
      return null;
    }
    long[] order = new long[runKeys.size()];
    for (int run = 0; run < order.length; run++) {
      order[run] = runKeys.get(run) + Integer.MIN_VALUE << 32 | run;
    }
    Arrays.sort(order);
    return order;
  }

  private void gather(int run) {
    int length = runs.length(run);
    if (buffer.length < buffered + length) {
      buffer = Arrays.copyOf(buffer, 2 * (buffered + length));
    }
    runs.copy(run, buffer, buffered);
    buffered += length;
  }

  /** The number of the set in the buffer, or the place where several are listed. */
  private int split() {
    int first = cutFromLeft(0);
    if (first == buffered) {
      return intern(0, buffered);
    }
    int head = severalSize;
    list(0);
    list(cutsAgree() ? 1 : 0);
    for (int from = 0, to; from < buffered; from = to) {
      to = cutFromLeft(from);
      list(intern(from, to));
      several[head]++;
    }
    return SEVERAL - head;
  }

  private void list(int value) {
    if (severalSize == several.length) {
      several = Arrays.copyOf(several, 2 * severalSize);
    }
    several[severalSize++] = value;
  }

  /** End of the longest run from a row on in which no name repeats. */
  private int cutFromLeft(int from) {
    newRound();
    int end = from;
    while (end < buffered && isNew(buffer[end])) {
      end++;
    }
    return end;
  }

  /** Whether the cuts from the right are those from the left: then no other split exists. */
  private boolean cutsAgree() {
    int[] left = new int[buffered];
    int cuts = 0;
    for (int at = cutFromLeft(0); at < buffered; at = cutFromLeft(at)) {
      left[cuts++] = at;
    }
    newRound();
    for (int row = buffered - 1; row >= 0; row--) {
      if (!isNew(buffer[row])) {
        if (cuts == 0 || left[--cuts] != row + 1) {
          return false;
        }
        newRound();
        isNew(buffer[row]);
      }
    }
    return cuts == 0;
  }

  private void newRound() {
    round++;
    if (seen.length < attributes.strings().size()) {
      seen = Arrays.copyOf(seen, 2 * attributes.strings().size());
    }
  }

  private boolean isNew(int attribute) {
    int name = attributes.key(attribute);
    boolean isNew = seen[name] != round;
    seen[name] = round;
    return isNew;
  }

  private int intern(int from, int to) {
    int[] content = Arrays.copyOfRange(buffer, from, to);
    int[] sorted = content.clone();
    Arrays.sort(sorted);
    int set = sortedSets.intern(sorted, sorted.length);
    if (set == contents.size()) {
      contents.append(content, content.length);
    }
    return set;
  }
}
