/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.SharedRecovery;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.select.ReadSelection;
import io.otap.flink.source.enumerator.ContinuousSplitEnumerator;
import io.otap.flink.source.enumerator.EnumeratorGauges;
import io.otap.flink.source.enumerator.OtapEnumeratorState;
import io.otap.flink.source.enumerator.OtapEnumeratorStateSerializer;
import io.otap.flink.source.enumerator.OtapSplitEnumerator;
import io.otap.flink.source.enumerator.TreeSplits;
import io.otap.flink.source.metrics.ErrorCounters;
import io.otap.flink.source.metrics.SourceMetric;
import io.otap.flink.source.reader.BatchForm;
import io.otap.flink.source.reader.CutForm;
import io.otap.flink.source.reader.OtapRecordEmitter;
import io.otap.flink.source.reader.OtapSourceReader;
import io.otap.flink.source.reader.OtapSplitReader;
import io.otap.flink.source.reader.ReaderMetrics;
import io.otap.flink.source.reader.SliceForm;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.OtapSplitSerializer;
import io.otap.flink.source.storage.FlinkStorage;
import io.otap.flink.source.storage.RetryingStorage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
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
import org.apache.flink.metrics.MetricGroup;

/**
 * Reads the Parquet files that the OTAP exporter left, and gives the telemetry back in batches.
 *
 * <pre>{@code
 * OtapSource<OtapBatch> source = OtapSource.forBatches(new Path("/data/telemetry")).build();
 * DataStream<OtapBatch> batches =
 *     env.fromSource(source, WatermarkStrategy.noWatermarks(), "OTAP");
 * }</pre>
 *
 * <p>The path is the folder above the folders of the tables. The source is bounded: it reads what
 * is there when the job starts. The timestamp of a batch is its smallest event time. {@link
 * OtapStreams} builds the pipeline that is best for most jobs.
 */
@PublicEvolving
public final class OtapSource<T>
    implements Source<T, OtapSplit, OtapEnumeratorState>, ResultTypeQueryable<T> {

  private static final long serialVersionUID = 1L;

  private final CutForm<T> form;
  private final Path[] paths;
  private final Configuration options;
  private final ReadSelection selection;

  /** By which readers of one process know that they are of the same source. */
  private final UUID id = UUID.randomUUID();

  OtapSource(CutForm<T> form, List<Path> paths, Configuration options, ReadSelection selection) {
    this.form = form;
    this.paths = paths.toArray(new Path[0]);
    this.options = options;
    this.selection = selection;
  }

  /**
   * A source that reads the trees at these paths and joins the tables in its readers.
   *
   * @param paths folders that hold the folders of the tables, of any scheme known to Flink
   */
  public static OtapSourceBuilder<OtapBatch> forBatches(Path... paths) {
    return new OtapSourceBuilder<>(new BatchForm(), List.of(paths));
  }

  /**
   * A source that reads the trees at these paths and leaves the joining to {@link
   * OtapStreams#assemble}. Its state is the same as that of {@link #forBatches}.
   *
   * @param paths folders that hold the folders of the tables, of any scheme known to Flink
   */
  public static OtapSourceBuilder<OtapSlice> forSlices(Path... paths) {
    return new OtapSourceBuilder<>(new SliceForm(), List.of(paths));
  }

  /**
   * A source that reads the trees at these paths and makes something else of what it reads.
   *
   * @param form what becomes of each cut
   */
  @Internal
  public static <T> OtapSourceBuilder<T> forCuts(CutForm<T> form, Path... paths) {
    return new OtapSourceBuilder<>(form, List.of(paths));
  }

  @Override
  public Boundedness getBoundedness() {
    return options.get(OtapSourceOptions.CONTINUOUS)
        ? Boundedness.CONTINUOUS_UNBOUNDED
        : Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<OtapSplit, OtapEnumeratorState> createEnumerator(
      SplitEnumeratorContext<OtapSplit> context) throws IOException {
    return restoreEnumerator(context, OtapEnumeratorState.initial());
  }

  @Override
  public SplitEnumerator<OtapSplit, OtapEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<OtapSplit> context, OtapEnumeratorState state) throws IOException {
    SourceSettings settings = SourceSettings.of(options).with(selection);
    RetryingStorage storage =
        storage(settings, SourceMetric.ENUMERATOR_RETRIES, context.metricGroup());
    if (settings.continuous()) {
      for (Path path : paths) {
        settings.afterRead().check(path);
      }
      return new ContinuousSplitEnumerator(
          context,
          storage,
          Arrays.stream(paths).map(Path::toString).toList(),
          settings.follow(),
          settings.corrupt(),
          settings.afterRead(),
          form.tellsEventTime(),
          state);
    }
    ErrorCounters errors = new ErrorCounters(SourceMetric.ENUMERATOR_ERRORS, context.metricGroup());
    TreeSplits planner =
        new TreeSplits(
            storage, Arrays.asList(paths), settings.follow(), settings.corrupt(), errors::count);
    EnumeratorGauges.register(context.metricGroup(), planner::counts);
    return new OtapSplitEnumerator(context, planner::plan, errors, state);
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
  public SourceReader<T, OtapSplit> createReader(SourceReaderContext context) throws OtapException {
    SourceSettings settings = SourceSettings.of(options);
    RetryingStorage storage = storage(settings, SourceMetric.READER_RETRIES, context.metricGroup());
    Configuration configuration = new Configuration(context.getConfiguration());
    configuration.addAll(options);
    ReaderMetrics metrics = new ReaderMetrics(context.metricGroup());
    OtapSourceReader<T> reader =
        new OtapSourceReader<>(
            () -> {
              SplitMemory memory = new SplitMemory(SharedRecovery.ofSource(id));
              return new OtapSplitReader<>(storage, form, settings.corrupt(), metrics, memory);
            },
            new OtapRecordEmitter<>(context.metricGroup(), form),
            settings.openSplits(),
            form.tellsEventTime(),
            settings.continuous(),
            storage,
            configuration,
            context);
    metrics.runningSplits(reader::getNumberOfCurrentlyAssignedSplits);
    return reader;
  }

  private static RetryingStorage storage(
      SourceSettings settings, SourceMetric retries, MetricGroup group) {
    return new RetryingStorage(new FlinkStorage(), settings.retry(), retries.counter(group)::inc);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return form.type();
  }
}
