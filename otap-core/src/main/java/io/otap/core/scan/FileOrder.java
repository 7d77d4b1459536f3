/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which files of one table and partition were written (docs/RECOVERY.md 2): by their
 * smallest id. A file without ids, one of logs without attributes, goes before the first file that
 * was opened after it, as the times in their names tell.
 */
@Internal
public final class FileOrder {

  /** Of files with ids. */
  public static final Comparator<DataFile> BY_ID =
      Comparator.comparingLong(FileOrder::firstId)
          .thenComparing(DataFile::name)
          .thenComparing(DataFile::path);

  private FileOrder() {}

  /** Files of one table and partition, in order. */
  public static List<DataFile> of(Collection<DataFile> files) {
    List<DataFile> ordered =
        new ArrayList<>(files.stream().filter(FileOrder::hasIds).sorted(BY_ID).toList());
    List<DataFile> others =
        files.stream()
            .filter(file -> !hasIds(file))
            .sorted(Comparator.comparing(DataFile::name))
            .toList();
    int at = 0;
    for (DataFile file : others) {
      while (at < ordered.size() && ordered.get(at).name().compareTo(file.name()) < 0) {
        at++;
      }
      ordered.add(at++, file);
    }
    return ordered;
  }

  static boolean hasIds(DataFile file) {
    return file.ids() != null || file.parentIds() != null;
  }

  /** Smallest id or parent id of a file that has some. */
  static long firstId(DataFile file) {
    if (file.ids() == null || file.parentIds() == null) {
      return (file.ids() == null ? file.parentIds() : file.ids()).min();
    }
    return Math.min(file.ids().min(), file.parentIds().min());
  }
}
