/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import io.otap.core.assemble.LateSlice;
import java.util.function.Consumer;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A child row that came too late for its batch, which had been read before. It is in no batch; its
 * parent is, or is such a row, too. Attributes of resources and scopes name no row as their parent:
 * they are late if their number lies among the ids of a root file that was read before.
 *
 * @param split id of the split that found it
 * @param table folder name of its table
 * @param parentId id of its parent in the files of the parent table
 * @param file path of the file it lies in
 * @param row number of the row in the file, from 0
 */
@PublicEvolving
public record LateRow(String split, String table, long parentId, String file, long row) {

  static void of(LateSlice slice, Consumer<LateRow> sink) {
    String split = slice.head().split();
    String table = slice.table().folder();
    for (int i = 0; i < slice.rows().length; i++) {
      sink.accept(new LateRow(split, table, slice.parentIds()[i], slice.file(), slice.rows()[i]));
    }
  }
}
