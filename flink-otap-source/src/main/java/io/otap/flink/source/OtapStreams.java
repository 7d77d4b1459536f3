/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.assemble.OtapSlice;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.flink.source.assembly.CutKey;
import io.otap.flink.source.assembly.LateRow;
import io.otap.flink.source.assembly.OrphanRow;
import io.otap.flink.source.assembly.OtapBatchAssembler;
import io.otap.flink.source.assembly.UndecidedRow;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import io.otap.flink.source.record.OtapRecordSplitter;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * Streams of telemetry out of trees of Parquet files.
 *
 * <pre>{@code
 * DataStream<OtapBatch> batches =
 *     OtapStreams.batches(env, new Configuration(), new Path("/data/telemetry"));
 * }</pre>
 */
@PublicEvolving
public final class OtapStreams {

  /** uid of the source. */
  public static final String SOURCE_UID = "otap-source";

  /** uid of the operator that joins. */
  public static final String ASSEMBLER_UID = "otap-assembler";

  /** uid of the operator that cuts batches into records. */
  public static final String RECORDS_UID = "otap-records";

  /** Rows left out because their parents do not exist; of keyed assembly only. */
  public static final OutputTag<OrphanRow> ORPHANS = OtapBatchAssembler.ORPHANS;

  /** Root rows with an undecided resource or scope; of keyed assembly only. */
  public static final OutputTag<UndecidedRow> UNDECIDED = OtapBatchAssembler.UNDECIDED;

  /**
   * Rows of child files that came after their root files were read; of keyed assembly with {@link
   * OtapSourceOptions#ON_LATE_CHILDREN} = side-output only. Each comes once, as batches do.
   */
  public static final OutputTag<LateRow> LATE_CHILDREN = OtapBatchAssembler.LATE_CHILDREN;

  private OtapStreams() {}

  /**
   * The batches of the trees at these paths. Once for a job, because of the uids; for more, put
   * {@link OtapSource#forSlices} and {@link #assemble} together.
   *
   * <p>{@link OtapSourceOptions#ASSEMBLY} says where tables are joined. A job that was keyed goes
   * on keyed: what waits in the assembler's state is not read again.
   *
   * @param options {@link OtapSourceOptions}; keys of others are not looked at
   * @param paths folders that hold the folders of the tables, of any scheme known to Flink
   * @throws OtapException of kind CONFIG if an option is unknown or its value does not fit
   */
  public static SingleOutputStreamOperator<OtapBatch> batches(
      StreamExecutionEnvironment env, Configuration options, Path... paths) throws OtapException {
    if (assembly(env, options) == Assembly.READER) {
      return source(env, OtapSource.forBatches(paths).setOptions(options).build());
    }
    return assemble(source(env, OtapSource.forSlices(paths).setOptions(options).build()));
  }

  /**
   * The batches of slices, at the parallelism of the job.
   *
   * @param slices of {@link OtapSource#forSlices}, each exactly once, in any order
   */
  public static SingleOutputStreamOperator<OtapBatch> assemble(DataStream<OtapSlice> slices) {
    return slices
        .keyBy(new CutKey(), CutKey.TYPE)
        .transform("Assemble batches", OtapBatchTypeInfo.INSTANCE, new OtapBatchAssembler())
        .uid(ASSEMBLER_UID);
  }

  /**
   * The records of batches, each a batch of one log, span or metric with its own event time as the
   * timestamp: for windows and joins in event time. A record is some kilobytes when it goes to
   * another task; map it to what is needed of it before.
   *
   * @param batches with the watermarks of {@link OtapSource}, of which no record is late
   */
  public static SingleOutputStreamOperator<OtapBatch> records(DataStream<OtapBatch> batches) {
    return batches
        .transform("Split into records", OtapBatchTypeInfo.INSTANCE, new OtapRecordSplitter())
        .uid(RECORDS_UID);
  }

  /** Where a job with these options joins: {@link OtapSourceOptions#ASSEMBLY} or its default. */
  public static Assembly assembly(StreamExecutionEnvironment env, Configuration options)
      throws OtapException {
    Assembly asked = SourceSettings.of(options).assembly();
    if (asked != null) {
      return asked;
    }
    RuntimeExecutionMode mode = env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE);
    return mode == RuntimeExecutionMode.STREAMING ? Assembly.KEYED : Assembly.READER;
  }

  private static <T> SingleOutputStreamOperator<T> source(
      StreamExecutionEnvironment env, OtapSource<T> source) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "Read OTAP").uid(SOURCE_UID);
  }
}
