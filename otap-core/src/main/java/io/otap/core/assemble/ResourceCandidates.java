/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.model.AttributeType;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ColumnBounds;
import io.otap.core.parquet.DistinctValues;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.AnyOf;
import io.otap.core.select.ResourceAttribute;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.Set;

/**
 * Whether a split can have a resource that meets a condition, by what the dictionaries of the
 * resources' attributes tell. If not, nobody needs to know which rows have which resource.
 */
final class ResourceCandidates {

  private static final PayloadType TABLE = PayloadType.RESOURCE_ATTRS;

  private final ResourceAttribute condition;
  private final WantedValues key;
  private final WantedValues values;

  private ResourceCandidates(ResourceAttribute condition) {
    this.condition = condition;
    this.key = WantedValues.of(new AnyOf("key", Set.of(condition.key())), ColumnType.UTF8);
    this.values = WantedValues.of(new AnyOf("str", condition.values()), ColumnType.UTF8);
  }

  /** Whether each condition on resources can be met by one of the files that the split pins. */
  static boolean any(InputFiles files, SplitPlan plan) throws IOException {
    for (var condition : plan.options().selection().conditions()) {
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
      if (condition.values().contains("") || hasOtherTypes(in, footer)) {
        return true;
      }
      for (int group = 0; group < footer.rowGroups(); group++) {
        if (has(in, footer, "key", group, key) && has(in, footer, "str", group, values)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw InputFiles.placed(e, file);
    }
  }

  /** Attributes that are no strings pass, whatever they are. */
  private static boolean hasOtherTypes(SeekableInput in, ParquetFooter footer) throws IOException {
    long string = AttributeType.STRING.code();
    return ColumnBounds.read(in, footer, TABLE.column(AttributeType.COLUMN)).blocks().stream()
        .anyMatch(
            block ->
                block.nulls()
                    || block.numbers() == null
                    || block.numbers()[0] != string
                    || block.numbers()[1] != string);
  }

  private static boolean has(
      SeekableInput in, ParquetFooter footer, String column, int group, WantedValues wanted)
      throws IOException {
    DistinctValues known = DistinctValues.read(in, footer, TABLE.column(column), group);
    return known == null || known.anyBinary(wanted::contains);
  }
}
