/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.catalog;

import io.otap.flink.table.model.ValueForm;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options of the catalog {@code otap}. Those of the connector may stand beside them: they hold
 * for all tables.
 */
@PublicEvolving
public final class OtapCatalogOptions {

  public static final ConfigOption<String> PATH =
      ConfigOptions.key("path")
          .stringType()
          .noDefaultValue()
          .withDescription("The folder that holds the folders of the tables. Required.");

  public static final ConfigOption<ValueForm> VALUES =
      ConfigOptions.key("values")
          .enumType(ValueForm.class)
          .defaultValue(ValueForm.TEXT)
          .withDescription(
              "How values of any type appear: text (MAP<STRING, STRING>), variant (MAP<STRING,"
                  + " VARIANT>) or exact (ARRAY<ROW<key, value>>, nothing lost).");

  public static final ConfigOption<Boolean> METADATA_COLUMNS =
      ConfigOptions.key("metadata-columns")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the tables have the columns part_id, file_path, file_modification_time and"
                  + " recovery_class, too.");

  private OtapCatalogOptions() {}
}
