/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.IntVector;
import io.otap.core.scan.IdRange;
import java.util.Arrays;

/** What the algorithm needs of a root table's rows, in file order: sixteen bytes each. */
@Internal
final class RootRows {

  /** Stands for a null. The last possible id reads as one, too: no sequence gets there. */
  static final int NONE = -1;

  /** Rows that are looked at together. */
  private static final int STRIDE = 64;

  private int[] ids;
  private int[] resources;
  private int[] scopes;
  private int[] fields;
  private int size;
  private int[] fileStarts = new int[4];
  private int files;

  /**
   * @param rows how many are expected
   */
  RootRows(int rows) {
    ids = new int[rows];
    resources = new int[rows];
    scopes = new int[rows];
    fields = new int[rows];
  }

  /** The rows that follow are those of the next file. */
  void nextFile() {
    if (files == fileStarts.length) {
      fileStarts = Arrays.copyOf(fileStarts, 2 * files);
    }
    fileStarts[files++] = size;
  }

  /**
   * @param id bits of the id, {@link #NONE} for a null
   * @param resource {@code resource.id}, {@link #NONE} for a null
   * @param scope {@code scope.id}, {@link #NONE} for a null
   * @param field number that equals another row's if the resource and scope fields of both do
   */
  void add(int id, int resource, int scope, int field) {
    reserve(1);
    ids[size] = id;
    resources[size] = resource;
    scopes[size] = scope;
    fields[size++] = field;
  }

  private void reserve(int more) {
    if (ids.length - size < more) {
      int capacity = Math.addExact(size, Math.max(more, size >> 1));
      ids = Arrays.copyOf(ids, capacity);
      resources = Arrays.copyOf(resources, capacity);
      scopes = Arrays.copyOf(scopes, capacity);
      fields = Arrays.copyOf(fields, capacity);
    }
  }

  /**
   * Adds the rows of a block.
   *
   * @param idColumn null if all ids are; the same for the others
   * @param fieldNumbers of the rows, see {@link #add}
   */
  void addAll(
      IntVector idColumn,
      IntVector resourceColumn,
      IntVector scopeColumn,
      int[] fieldNumbers,
      int count) {
    reserve(count);
    copy(idColumn, ids, count);
    copy(resourceColumn, resources, count);
    copy(scopeColumn, scopes, count);
    System.arraycopy(fieldNumbers, 0, fields, size, count);
    size += count;
  }

  private void copy(IntVector column, int[] target, int count) {
    if (column == null) {
      Arrays.fill(target, size, size + count, NONE);
      return;
    }
    System.arraycopy(column.values(), 0, target, size, count);
    for (int i = 0; i < count && column.hasNulls(); i++) {
      target[size + i] = column.isNull(i) ? NONE : target[size + i];
    }
  }

  int size() {
    return size;
  }

  int files() {
    return files;
  }

  int firstRow(int file) {
    return fileStarts[file];
  }

  /** Row behind a file's last. */
  int endRow(int file) {
    return file + 1 < files ? fileStarts[file + 1] : size;
  }

  /** Adds the ids of the rows that have one. */
  void addIds(IdList list) {
    if (haveIds(0, size)) {
      list.add(ids, 0, size);
      return;
    }
    for (int row = 0; row < size; row++) {
      if (ids[row] != NONE) {
        list.add(Integer.toUnsignedLong(ids[row]));
      }
    }
  }

  /** Whether all rows from {@code from} to {@code to}, exclusive, have an id. */
  boolean haveIds(int from, int to) {
    int none = 0;
    for (int row = from; row < to; row++) {
      int inverse = ~ids[row];
      none |= inverse - 1 & ~inverse;
    }
    return none >= 0;
  }

  /** Whether these rows, the first one excepted, equal the row before in all but their ids. */
  boolean areAlike(int from, int to) {
    int resource = resources[from];
    int scope = scopes[from];
    int field = fields[from];
    int difference = 0;
    for (int row = from; row < to; row++) {
      difference |= resources[row] ^ resource | scopes[row] ^ scope | fields[row] ^ field;
    }
    return difference == 0;
  }

  /** The first row behind {@code row} with another resource or scope; at most {@code end}. */
  int sameOwnersUntil(int row, int end) {
    int resource = resources[row];
    int scope = scopes[row];
    int next = row + 1;
    while (next + STRIDE <= end && haveOwners(next, next + STRIDE, resource, scope)) {
      next += STRIDE;
    }
    while (next < end && resources[next] == resource && scopes[next] == scope) {
      next++;
    }
    return next;
  }

  private boolean haveOwners(int from, int to, int resource, int scope) {
    int difference = 0;
    for (int row = from; row < to; row++) {
      difference |= resources[row] ^ resource | scopes[row] ^ scope;
    }
    return difference == 0;
  }

  /** The largest id of rows that all have one. */
  long largestId(int from, int to) {
    int largest = Integer.MIN_VALUE;
    for (int row = from; row < to; row++) {
      largest = Math.max(largest, ids[row] ^ Integer.MIN_VALUE);
    }
    return Integer.toUnsignedLong(largest ^ Integer.MIN_VALUE);
  }

  /**
   * The first row behind {@code row}, which has an id, whose id is not the next one; at most {@code
   * end}.
   */
  int countsUpUntil(int row, int end) {
    int next = row + 1;
    while (next + STRIDE <= end && countUp(next - 1, next + STRIDE)) {
      next += STRIDE;
    }
    while (next < end && ids[next] == ids[next - 1] + 1 && ids[next] != NONE) {
      next++;
    }
    return next;
  }

  /** Whether the rows from {@code from} to {@code to}, exclusive, have ids that count up. */
  boolean countUp(int from, int to) {
    return IdRange.countUp(ids, from, to) && hasId(to - 1);
  }

  boolean hasId(int row) {
    return ids[row] != NONE;
  }

  long id(int row) {
    return Integer.toUnsignedLong(ids[row]);
  }

  boolean hasResource(int row) {
    return resources[row] != NONE;
  }

  boolean hasScope(int row) {
    return scopes[row] != NONE;
  }

  /** The resource number, 0 for a null. */
  int resource(int row) {
    int resource = resources[row];
    return resource == NONE ? 0 : resource;
  }

  /** The scope number, 0 for a null. */
  int scope(int row) {
    int scope = scopes[row];
    return scope == NONE ? 0 : scope;
  }

  /** Whether both numbers are 0, as in the first row of a batch. */
  boolean isZero(int row) {
    return resource(row) == 0 && scope(row) == 0;
  }

  /** Whether all resource and scope numbers are such as batches have that count from 0. */
  boolean hasLocalNumbers() {
    int bits = 0;
    for (int row = 0; row < size; row++) {
      bits |= unlessNone(resources[row]) | unlessNone(scopes[row]);
    }
    return bits >>> 16 == 0;
  }

  /** The number, 0 for {@link #NONE}; without a branch, so that rows are looked at side by side. */
  private static int unlessNone(int number) {
    int inverse = ~number;
    return number & (inverse | -inverse) >> 31;
  }

  int field(int row) {
    return fields[row];
  }
}
