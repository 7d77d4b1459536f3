/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of recorded files, numbered and turned into columns again, are the same rows. */
class RecordedAttributeSetsTest {

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void keepAllTypesOfValues(String set) throws IOException {
    LocalStorage storage = new LocalStorage();
    for (DataFile file : OtapTree.list(storage, TestData.parquet(set).toString()).files()) {
      if (file.table().isShared()) {
        check(storage, file);
      }
    }
  }

  private static void check(LocalStorage storage, DataFile file) throws IOException {
    AttributeSetsBuilder builder = new AttributeSetsBuilder(file.table());
    Map<Long, List<String>> read = new TreeMap<>();
    try (SeekableInput in = storage.open(file.path())) {
      ParquetFooter footer = ParquetFooter.read(in, file.path());
      ParquetTableReader reader =
          ParquetTableReader.open(
              in, footer, file.table(), file.table().columns(), 0, footer.rows());
      for (OtapTable block = reader.next(100); block != null; block = reader.next(100)) {
        builder.add(block);
        for (int row = 0; row < block.rows(); row++) {
          long parent = Integer.toUnsignedLong(block.intVector("parent_id").get(row));
          read.computeIfAbsent(parent, p -> new ArrayList<>()).add(text(block, row));
        }
      }
    }
    AttributeSets sets = builder.build();
    assertThat(sets.keys().size()).isEqualTo(read.size());
    int key = 0;
    for (List<String> rows : read.values()) {
      int[] numbers = new int[sets.count(key)];
      for (int k = 0; k < numbers.length; k++) {
        numbers[k] = sets.set(key, k);
      }
      OtapTable table = sets.table(numbers);
      List<String> again = new ArrayList<>();
      for (int row = 0; row < table.rows(); row++) {
        again.add(text(table, row));
      }
      assertThat(again).containsExactlyInAnyOrderElementsOf(rows);
      key++;
    }
  }

  /** Key, type and the value of that type; a null as the default. */
  private static String text(OtapTable table, int row) {
    AttributeType type = AttributeType.ofCode(table.byteVector("type").get(row));
    PayloadType payload = table.type();
    String value = "";
    Vector vector = type.column() == null ? null : table.vector(payload.column(type.column()));
    if (vector != null) {
      value =
          switch (type) {
            case INT -> "" + table.longVector("int").get(row);
            case DOUBLE -> "" + table.doubleVector("double").get(row);
            case BOOL -> "" + table.byteVector("bool").get(row);
            default -> table.binaryVector(type.column()).string(row);
          };
    } else if (type == AttributeType.INT || type == AttributeType.BOOL) {
      value = "0";
    } else if (type == AttributeType.DOUBLE) {
      value = "0.0";
    }
    return table.binaryVector("key").string(row) + " " + type + " " + value;
  }
}
