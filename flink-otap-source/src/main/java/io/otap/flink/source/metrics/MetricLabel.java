/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.metrics;

import io.otap.core.batch.Recovery;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.model.PayloadType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;

/** What metrics of one name are told apart by: a pair of groups in Flink, a label elsewhere. */
@Internal
public enum MetricLabel {
  TABLE("table", Arrays.stream(PayloadType.values()).map(PayloadType::folder)),
  CHILD_TABLE(
      "table",
      Arrays.stream(PayloadType.values())
          .filter(type -> !type.isRoot() && !type.isShared())
          .map(PayloadType::folder)),
  NON_ROOT_TABLE(
      "table",
      Arrays.stream(PayloadType.values()).filter(type -> !type.isRoot()).map(PayloadType::folder)),
  RECOVERY("recovery", Arrays.stream(Recovery.values()).map(Recovery::name)),
  ERROR_KIND(
      "kind",
      Arrays.stream(OtapErrorKind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)));

  private final String key;
  private final List<String> values;

  MetricLabel(String key, Stream<String> values) {
    this.key = key;
    this.values = values.toList();
  }

  public String key() {
    return key;
  }

  public List<String> range() {
    return values;
  }
}
