/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.catalog;

import io.otap.flink.table.connector.OtapConnectorOptions;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Makes catalogs of trees.
 *
 * <pre>{@code
 * CREATE CATALOG t WITH ('type' = 'otap', 'path' = '/data/telemetry');
 * SELECT severity_text, COUNT(*) FROM t.otel.logs GROUP BY severity_text;
 * }</pre>
 */
@PublicEvolving
public final class OtapCatalogFactory implements CatalogFactory {

  public static final String IDENTIFIER = "otap";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(OtapCatalogOptions.PATH);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new LinkedHashSet<>(OtapConnectorOptions.all());
    options.remove(OtapConnectorOptions.PATH);
    options.remove(OtapConnectorOptions.TABLE);
    options.add(OtapCatalogOptions.VALUES);
    options.add(OtapCatalogOptions.METADATA_COLUMNS);
    return options;
  }

  @Override
  public Catalog createCatalog(Context context) {
    FactoryUtil.CatalogFactoryHelper helper = FactoryUtil.createCatalogFactoryHelper(this, context);
    helper.validate();
    Map<String, String> tables = new HashMap<>(context.getOptions());
    tables.remove(OtapCatalogOptions.VALUES.key());
    tables.remove(OtapCatalogOptions.METADATA_COLUMNS.key());
    return new OtapCatalog(
        context.getName(),
        helper.getOptions().get(OtapCatalogOptions.VALUES),
        helper.getOptions().get(OtapCatalogOptions.METADATA_COLUMNS),
        tables);
  }
}
