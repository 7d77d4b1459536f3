/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.util.List;
import java.util.Map;

/**
 * The schema of an Arrow stream of one table.
 *
 * @param fields in the order of their nodes and buffers
 * @param dictionaries a column of each dictionary, by the dictionary's id
 */
record WireSchema(PayloadType type, List<Field> fields, Map<Long, Column> dictionaries) {

  /** How the ids in a column are encoded. */
  IdEncoding encoding(Column column) {
    for (Field field : fields) {
      if (field instanceof Field.Leaf leaf && leaf.column() == column) {
        return leaf.encoding();
      }
      if (field instanceof Field.Struct struct) {
        for (Field member : struct.fields()) {
          if (member instanceof Field.Leaf leaf && leaf.column() == column) {
            return leaf.encoding();
          }
        }
      }
    }
    return IdEncoding.UNMARKED;
  }
}
