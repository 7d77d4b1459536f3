/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.otap.core.TestData;
import io.otap.core.batch.Cells;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.AttributeType;
import io.otap.core.model.MetricType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the recorded sets hold: every table, each kind of metric, point value, exemplar value, body
 * and attribute. So the comparisons with them cover these.
 */
class GoldenCoverageTest {

  @Test
  void everyKindOccursInARecordedSet() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (String set : TestData.sets()) {
      for (Signal signal : Signal.values()) {
        for (MessageLite request : OtlpFiles.read(TestData.expected(set), signal)) {
          for (OtapBatch batch : GoldenRequestTest.decode(request)) {
            batch.tables().forEach(table -> note(table, seen));
          }
        }
      }
    }
    assertThat(seen).containsAll(kinds());
  }

  private static Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    for (PayloadType type : PayloadType.values()) {
      kinds.add(type.folder());
      if (type.folder().endsWith("exemplars")) {
        kinds.add(type.folder() + " int");
        kinds.add(type.folder() + " double");
      }
    }
    for (AttributeType type : AttributeType.values()) {
      kinds.add("attribute " + type);
      if (type != AttributeType.EMPTY) {
        kinds.add("body " + type);
      }
    }
    for (MetricType type : MetricType.values()) {
      kinds.add("metric " + type);
    }
    kinds.add("number_data_points int");
    kinds.add("number_data_points double");
    kinds.add("number_data_points none");
    return kinds;
  }

  private static void note(OtapTable table, Set<String> seen) {
    PayloadType type = table.type();
    seen.add(type.folder());
    for (int row = 0; row < table.rows(); row++) {
      if (type.isAttributes()) {
        seen.add("attribute " + AttributeType.ofCode(Cells.get(table.byteVector("type"), row)));
      } else if (type == PayloadType.LOGS && !Cells.isNull(table.byteVector("body.type"), row)) {
        int code = Cells.get(table.byteVector("body.type"), row);
        seen.add("body " + AttributeType.ofCode(code));
      } else if (type == PayloadType.UNIVARIATE_METRICS) {
        int code = Cells.get(table.byteVector("metric_type"), row);
        seen.add("metric " + MetricType.ofCode(code));
      } else if (type.has("int_value")) {
        boolean isInt = !Cells.isNull(table.longVector("int_value"), row);
        boolean isDouble = !Cells.isNull(table.doubleVector("double_value"), row);
        seen.add(type.folder() + (isInt ? " int" : isDouble ? " double" : " none"));
      }
    }
  }
}
