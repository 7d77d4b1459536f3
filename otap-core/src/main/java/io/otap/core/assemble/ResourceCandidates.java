/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.AttributeType;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.FileDictionaries;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.AnyOf;
import io.otap.core.select.ResourceAttribute;
import io.otap.core.select.RootCondition;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Whether a split can have a resource that meets a condition: whether a file of resources'
 * attributes has such a one. If not, nobody needs to know which rows have which resource.
 */
final class ResourceCandidates {

  private static final PayloadType TABLE = PayloadType.RESOURCE_ATTRS;
  private static final Column KEY = TABLE.column("key");
  private static final Column TYPE = TABLE.column(AttributeType.COLUMN);
  private static final Column STRING = TABLE.column("str");
  private static final int STEP = 8192;

  private final WantedValues key;
  private final WantedValues values;
  private final boolean empty;

  private ResourceCandidates(ResourceAttribute condition) {
    this.key = WantedValues.of(new AnyOf(KEY.path(), Set.of(condition.key())), ColumnType.UTF8);
    this.values = WantedValues.of(new AnyOf(STRING.path(), condition.values()), ColumnType.UTF8);
    this.empty = condition.values().contains("");
  }

  /** Whether each condition on resources can be met by one of the files that the split pins. */
  static boolean any(InputFiles files, SplitPlan plan) throws IOException {
    for (RootCondition condition : plan.options().selection().conditions()) {
      if (condition instanceof ResourceAttribute attribute
          && !new ResourceCandidates(attribute).isIn(files, plan)) {
        return false;
      }
    }
    return true;
  }

  private boolean isIn(InputFiles files, SplitPlan plan) throws IOException {
    for (DataFile file : plan.inputs()) {
      if (file.table() == TABLE && isIn(files, file)) {
        return true;
      }
    }
    return false;
  }

  private boolean isIn(InputFiles files, DataFile file) throws IOException {
    try (SeekableInput in = files.open(file)) {
      ParquetFooter footer = files.footer(in, file);
      return hasKey(in, footer) && hasAttribute(in, footer);
    } catch (IOException e) {
      throw InputFiles.placed(e, file);
    }
  }

  private boolean hasKey(SeekableInput in, ParquetFooter footer) throws IOException {
    try (FileDictionaries dictionaries = new FileDictionaries(in, footer)) {
      for (int group = 0; group < footer.rowGroups(); group++) {
        if (dictionaries.mayHaveBinary(group, KEY, key::contains)) {
          return true;
        }
      }
      return false;
    }
  }

  /** An attribute that is no string passes, whatever it is. */
  private boolean hasAttribute(SeekableInput in, ParquetFooter footer) throws IOException {
    try (ParquetTableReader reader =
        ParquetTableReader.scan(in, footer, TABLE, List.of(KEY, TYPE, STRING), 0, footer.rows())) {
      for (OtapTable rows = reader.next(STEP); rows != null; rows = reader.next(STEP)) {
        BinaryVector keys = rows.binaryVector(KEY.path());
        ByteVector types = rows.byteVector(TYPE.path());
        BinaryVector strings = rows.binaryVector(STRING.path());
        for (int row = 0; row < rows.rows(); row++) {
          if (isOneOf(key, keys, row)
              && (types.get(row) != AttributeType.STRING.code() || isWanted(strings, row))) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private boolean isWanted(BinaryVector strings, int row) {
    return strings == null || strings.isNull(row) ? empty : isOneOf(values, strings, row);
  }

  private static boolean isOneOf(WantedValues wanted, BinaryVector vector, int row) {
    int start = vector.start(row);
    return wanted.contains(vector.data(), start, start + vector.size(row));
  }
}
