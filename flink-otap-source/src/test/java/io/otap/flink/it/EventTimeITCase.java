/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.otap.core.TestData;
import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows in event time hold every record, whatever the order of files and partitions. */
class EventTimeITCase {

  private static final long WINDOW = 20;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  static Stream<Arguments> jobs() {
    return Stream.of("two-partitions", "logs-file-per-batch", "logs-multi")
        .flatMap(
            set ->
                Stream.of(Assembly.values())
                    .flatMap(
                        assembly ->
                            Stream.of(
                                Arguments.of(set, assembly, 1, 1),
                                Arguments.of(set, assembly, 3, 1),
                                Arguments.of(set, assembly, 3, 3))));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aBoundedRunHasNoLateRecord(String set, Assembly assembly, int parallelism, int openSplits)
      throws Exception {
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, parallelism, false, 0);
    Configuration options = new Configuration();
    options.set(OtapSourceOptions.SIGNALS, List.of("logs"));
    options.set(OtapSourceOptions.ASSEMBLY, assembly);
    options.set(OtapSourceOptions.BATCH_SIZE, 7);
    options.set(OtapSourceOptions.MAX_OPEN_SPLITS, openSplits);
    options.set(OtapSourceOptions.SPLIT_SIZE, new MemorySize(3_000));
    OutputTag<Long> late = new OutputTag<>("late", Types.LONG);
    DataStream<OtapBatch> batches =
        OtapStreams.batches(env, options, TestJobs.flinkPath(TestData.parquet(set)));
    SingleOutputStreamOperator<Tuple2<Long, Long>> counts =
        OtapStreams.records(batches)
            .map(EventTimeITCase::time)
            .returns(Types.LONG)
            .filter(time -> time != 0)
            .keyBy(time -> 0)
            .window(TumblingEventTimeWindows.of(Duration.ofMillis(WINDOW)))
            .sideOutputLateData(late)
            .aggregate(new Count(), new Window());
    Map<Long, Long> actual = new HashMap<>();
    CloseableIterator<Long> lateRecords = counts.getSideOutput(late).collectAsync();
    CloseableIterator<Tuple2<Long, Long>> windows = counts.collectAsync();
    env.execute();
    try (lateRecords;
        windows) {
      windows.forEachRemaining(window -> actual.merge(window.f0, window.f1, Long::sum));
      assertThat(lateRecords.hasNext()).isFalse();
    }
    assertThat(actual).isEqualTo(expected(set));
  }

  private static long time(OtapBatch record) throws IOException {
    LogCursor log = LogCursor.of(record);
    assertThat(log.next()).isTrue();
    long time = log.timeUnixNano() == 0 ? log.observedTimeUnixNano() : log.timeUnixNano();
    assertThat(log.next()).isFalse();
    return time;
  }

  private static Map<Long, Long> expected(String set) throws IOException {
    Map<Long, Long> counts = new HashMap<>();
    List<ExportLogsServiceRequest> requests = new ArrayList<>();
    OtlpFiles.read(TestData.expected(set), Signal.LOGS)
        .forEach(request -> requests.add((ExportLogsServiceRequest) request));
    requests.stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .map(
            log ->
                log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano())
        .filter(nanos -> nanos != 0)
        .forEach(nanos -> counts.merge(nanos / 1_000_000 / WINDOW * WINDOW, 1L, Long::sum));
    return counts;
  }

  private static final class Count implements AggregateFunction<Long, Long, Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(Long value, Long count) {
      return count + 1;
    }

    @Override
    public Long getResult(Long count) {
      return count;
    }

    @Override
    public Long merge(Long a, Long b) {
      return a + b;
    }
  }

  private static final class Window
      extends ProcessWindowFunction<Long, Tuple2<Long, Long>, Integer, TimeWindow> {

    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        Integer key, Context context, Iterable<Long> counts, Collector<Tuple2<Long, Long>> out) {
      out.collect(Tuple2.of(context.window().getStart(), counts.iterator().next()));
    }
  }
}
