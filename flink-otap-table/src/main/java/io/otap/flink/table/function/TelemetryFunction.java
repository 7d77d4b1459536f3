/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.SourceSettings;
import io.otap.flink.source.enumerator.TreeSplits;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.storage.FlinkStorage;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.read.BatchRows;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * The rows of a table of the tree at a path, as it is when the function is called. They are read in
 * the task that calls it, batch by batch, with all columns in the text form.
 */
@Internal
public abstract class TelemetryFunction extends TableFunction<RowData> {

  private static final long serialVersionUID = 1L;

  private final SignalTable table;
  private transient BatchRows rows;

  TelemetryFunction(SignalTable table) {
    this.table = table;
  }

  /**
   * Called by generated code.
   *
   * @param path null for no rows
   */
  public final void eval(StringData path) throws IOException {
    if (path == null) {
      return;
    }
    if (rows == null) {
      RowLayout layout = RowLayout.of(table, table.rowType(ValueForm.TEXT));
      rows = new BatchRows(layout, file -> 0);
    }
    FlinkStorage storage = new FlinkStorage();
    for (OtapSplit split : splits(storage, path.toString())) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, split.plan(), 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          emit(batch);
        }
      }
    }
  }

  private List<OtapSplit> splits(FlinkStorage storage, String path) throws IOException {
    Configuration options = new Configuration();
    options.set(OtapSourceOptions.SIGNALS, List.of(table.signal().id()));
    SourceSettings settings = SourceSettings.of(options);
    return new TreeSplits(
            storage, List.of(new Path(path)), settings.follow(), settings.corrupt(), problem -> {})
        .plan();
  }

  /** A job that is cancelled interrupts its tasks. */
  private void emit(OtapBatch batch) throws IOException {
    for (RowData row : rows.of(batch)) {
      if (Thread.currentThread().isInterrupted()) {
        throw OtapException.of(OtapErrorKind.IO, "interrupted while rows were read");
      }
      collect(row);
    }
  }

  /** A tree may have more rows the next time. */
  @Override
  public final boolean isDeterministic() {
    return false;
  }

  @Override
  public final TypeInference getTypeInference(DataTypeFactory types) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InputTypeStrategies.sequence(
                InputTypeStrategies.explicit(DataTypes.STRING().bridgedTo(StringData.class))))
        .outputTypeStrategy(
            call -> Optional.of(DataTypeUtils.toInternalDataType(table.rowType(ValueForm.TEXT))))
        .build();
  }
}
