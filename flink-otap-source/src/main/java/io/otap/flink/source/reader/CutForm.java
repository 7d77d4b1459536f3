/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutSlices;
import io.otap.core.assemble.LateSlice;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.scan.SplitPlan;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What a source makes of the rows of a cut. */
@Internal
public interface CutForm<T> extends Serializable {

  TypeInformation<T> type();

  /**
   * @param position the split's position behind the cut
   */
  CutRecords<T> records(SplitPlan plan, CutSlices cut, long position) throws IOException;

  /** Whether late rows can be told of: whether {@link #lateRows} gives anything. */
  default boolean carriesLateRows() {
    return false;
  }

  /** Late rows on their way to where they are told of. */
  default List<T> lateRows(LateSlice rows) throws OtapException {
    throw OtapException.of(
            OtapErrorKind.CONFIG,
            "the job's state has a split of late rows, which only keyed assembly can give to a side"
                + " output; restore it with source.assembly = keyed")
        .at(Place.table(rows.table().folder(), rows.file()));
  }

  /** Whether the tables are joined in the reader, so that {@link CutRecords#batch()} is there. */
  boolean joins();

  /** Whether the source tells event time by watermarks of its own. */
  default boolean tellsEventTime() {
    return true;
  }
}
