/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.functions.UserDefinedFunction;

/** The functions of the connector, by their names in lower case. */
@PublicEvolving
public final class OtapFunctions {

  private static final Map<String, Supplier<UserDefinedFunction>> FUNCTIONS =
      new TreeMap<>(
          Map.of(
              "otap_string", OtapStringFunction::new,
              "otap_long", OtapLongFunction::new,
              "otap_double", OtapDoubleFunction::new,
              "otap_bool", OtapBoolFunction::new,
              "otap_bytes", OtapBytesFunction::new,
              "otap_json", OtapJsonFunction::new,
              "otap_get", OtapGetFunction::new,
              "otap_logs", OtapLogsFunction::new,
              "otap_spans", OtapSpansFunction::new,
              "otap_metrics", OtapMetricsFunction::new));

  private OtapFunctions() {}

  public static Set<String> names() {
    return FUNCTIONS.keySet();
  }

  /** A function by its name, in any case; null if there is none. */
  public static UserDefinedFunction of(String name) {
    Supplier<UserDefinedFunction> function = FUNCTIONS.get(name.toLowerCase(Locale.ROOT));
    return function == null ? null : function.get();
  }
}
