/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.batch.IntVector;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds root files that share ids, as a file and its copy under another name do: their rows would
 * come twice. An exporter never uses an id again in its sequence. Files are read for it only if
 * their footers tell ranges that meet; without statistics nothing is found.
 */
final class RootCopies {

  private RootCopies() {}

  /**
   * @throws OtapException of kind RECONSTRUCTION if another root file has an id of this one
   */
  static void refuse(EvidenceFiles files, DataFile root) throws IOException {
    long[] ids = null;
    for (DataFile other : files.of(root.table())) {
      if (other.equals(root) || !meet(root, other)) {
        continue;
      }
      ids = ids == null ? ids(files, root) : ids;
      for (long id : ids(files, other)) {
        if (Arrays.binarySearch(ids, id) >= 0) {
          throw OtapException.of(
                  OtapErrorKind.RECONSTRUCTION,
                  "the id "
                      + id
                      + " is that of a row of "
                      + other.path()
                      + ", too, so their children cannot be told apart; if one of the files is a"
                      + " copy of the other, remove it")
              .at(
                  new Place(
                      root.partition(),
                      root.table().folder(),
                      root.path(),
                      root.table().id().path(),
                      -1));
        }
      }
    }
  }

  private static boolean meet(DataFile one, DataFile other) {
    return one.ids() != null
        && other.ids() != null
        && !one.ids().equals(IdRange.ALL)
        && !other.ids().equals(IdRange.ALL)
        && one.ids().meets(other.ids());
  }

  private static long[] ids(EvidenceFiles files, DataFile file) throws IOException {
    Column column = file.table().id();
    IdList ids = new IdList(1024);
    files.read(
        file,
        List.of(column),
        block -> {
          IntVector vector = (IntVector) block.vector(column);
          for (int row = 0; vector != null && row < block.rows(); row++) {
            if (!vector.isNull(row)) {
              ids.add(Integer.toUnsignedLong(vector.get(row)));
            }
          }
        });
    long[] sorted = new long[ids.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = ids.get(i);
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
