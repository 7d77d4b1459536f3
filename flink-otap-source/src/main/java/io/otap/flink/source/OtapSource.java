/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import io.otap.flink.source.enumerator.OtapEnumeratorState;
import io.otap.flink.source.enumerator.OtapEnumeratorStateSerializer;
import io.otap.flink.source.enumerator.OtapSplitEnumerator;
import io.otap.flink.source.enumerator.TreeSplits;
import io.otap.flink.source.reader.OtapRecordEmitter;
import io.otap.flink.source.reader.OtapSourceReader;
import io.otap.flink.source.reader.OtapSplitReader;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.OtapSplitSerializer;
import io.otap.flink.source.storage.FlinkStorage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads the Parquet files that the OTAP exporter left, and gives the telemetry back in batches.
 *
 * <pre>{@code
 * OtapSource source = OtapSource.forBatches(new Path("/data/telemetry")).build();
 * DataStream<OtapBatch> batches =
 *     env.fromSource(source, WatermarkStrategy.noWatermarks(), "OTAP");
 * }</pre>
 *
 * <p>The path is the folder above the folders of the tables. The source is bounded: it reads what
 * is there when the job starts. The timestamp of a batch is its smallest event time.
 */
@PublicEvolving
public final class OtapSource
    implements Source<OtapBatch, OtapSplit, OtapEnumeratorState>, ResultTypeQueryable<OtapBatch> {

  private static final long serialVersionUID = 1L;

  private final Path[] paths;
  private final Configuration options;

  OtapSource(List<Path> paths, Configuration options) {
    this.paths = paths.toArray(new Path[0]);
    this.options = options;
  }

  /**
   * A source that reads the trees at these paths.
   *
   * @param paths folders that hold the folders of the tables, of any scheme known to Flink
   */
  public static OtapSourceBuilder forBatches(Path... paths) {
    return new OtapSourceBuilder(List.of(paths));
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<OtapSplit, OtapEnumeratorState> createEnumerator(
      SplitEnumeratorContext<OtapSplit> context) throws IOException {
    return restoreEnumerator(context, new OtapEnumeratorState(false, List.of()));
  }

  @Override
  public SplitEnumerator<OtapSplit, OtapEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<OtapSplit> context, OtapEnumeratorState state) throws IOException {
    SourceSettings settings = SourceSettings.of(options);
    TreeSplits planner =
        new TreeSplits(
            new FlinkStorage(),
            Arrays.asList(paths),
            settings.signals(),
            settings.splitSize(),
            settings.minFileAge(),
            settings.read());
    return new OtapSplitEnumerator(context, planner::plan, state);
  }

  @Override
  public SimpleVersionedSerializer<OtapSplit> getSplitSerializer() {
    return OtapSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<OtapEnumeratorState> getEnumeratorCheckpointSerializer() {
    return OtapEnumeratorStateSerializer.INSTANCE;
  }

  @Override
  public SourceReader<OtapBatch, OtapSplit> createReader(SourceReaderContext context) {
    Configuration configuration = new Configuration(context.getConfiguration());
    configuration.addAll(options);
    return new OtapSourceReader(
        () -> new OtapSplitReader(new FlinkStorage(), context.metricGroup()),
        new OtapRecordEmitter(context.metricGroup()),
        configuration,
        context);
  }

  @Override
  public TypeInformation<OtapBatch> getProducedType() {
    return OtapBatchTypeInfo.INSTANCE;
  }
}
