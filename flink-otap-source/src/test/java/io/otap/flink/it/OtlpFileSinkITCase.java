/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpDecoder;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.sink.DiscardingOtapSink;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that were recorded go through batches and the sink, and come out the same. */
class OtlpFileSinkITCase {

  private static final String SET = "mixed";

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "BATCH, 1, false",
    "BATCH, 4, false",
    "STREAMING, 1, false",
    "STREAMING, 4, false",
    "STREAMING, 1, true",
    "STREAMING, 4, true"
  })
  void resultsAppearWhenTheJobIsDone(
      RuntimeExecutionMode mode, int parallelism, boolean checkpoints) throws Exception {
    Path target = temporary.resolve("out");
    StreamExecutionEnvironment env = TestJobs.environment(mode, parallelism, checkpoints, 0);
    requests(env)
        .map(new FailingOnce<>(5))
        .returns(OtapBatchTypeInfo.INSTANCE)
        .sinkTo(OtlpFileSink.to(TestJobs.flinkPath(target)).build());
    env.execute();
    TestJobs.assertResult(target, ComparisonProfile.PARQUET, TestData.expected(SET));
  }

  @ParameterizedTest
  @CsvSource({
    "BATCH, 4, false",
    "STREAMING, 4, false",
    "STREAMING, 1, true",
    "STREAMING, 4, true",
  })
  void failuresInBetweenChangeNothing(
      RuntimeExecutionMode mode, int parallelism, boolean checkpoints) throws Exception {
    Path target = temporary.resolve("out");
    StreamExecutionEnvironment env = TestJobs.environment(mode, parallelism, checkpoints, 3);
    requests(env)
        .map(new FailingOnce<>(10, 7, 19, 26))
        .returns(OtapBatchTypeInfo.INSTANCE)
        .sinkTo(OtlpFileSink.to(TestJobs.flinkPath(target)).build());
    env.execute();
    TestJobs.assertResult(target, ComparisonProfile.PARQUET, TestData.expected(SET));
  }

  @ParameterizedTest
  @CsvSource({"BATCH, false", "STREAMING, false", "STREAMING, true"})
  void aFailedJobLeavesNothingVisible(RuntimeExecutionMode mode, boolean checkpoints)
      throws Exception {
    Path target = Files.createDirectories(temporary.resolve("out"));
    Path old = Files.writeString(target.resolve("logs.binpb"), "old");
    StreamExecutionEnvironment env = TestJobs.environment(mode, 2, checkpoints, 0);
    requests(env)
        .map(new FailingOnce<>(10, 20))
        .returns(OtapBatchTypeInfo.INSTANCE)
        .sinkTo(OtlpFileSink.to(TestJobs.flinkPath(target)).setOverwrite(true).build());
    assertThatThrownBy(env::execute).hasStackTraceContaining("failing as asked");
    assertThat(TestJobs.names(target))
        .filteredOn(n -> !n.startsWith("."))
        .containsExactly("logs.binpb");
    assertThat(old).hasContent("old");
  }

  @Test
  void resultsAreReplacedOnlyWhenAllowed() throws Exception {
    Path target = Files.createDirectories(temporary.resolve("out"));
    Files.writeString(target.resolve("logs.binpb"), "old");
    assertThatThrownBy(() -> OtlpFileSink.to(TestJobs.flinkPath(target)).build())
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("has a result already");
    StreamExecutionEnvironment env = TestJobs.environment(RuntimeExecutionMode.BATCH, 2, false, 0);
    requests(env).sinkTo(OtlpFileSink.to(TestJobs.flinkPath(target)).setOverwrite(true).build());
    env.execute();
    TestJobs.assertResult(target, ComparisonProfile.PARQUET, TestData.expected(SET));
  }

  @Test
  void batchesCanBeDiscarded() throws Exception {
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 2, false, 0);
    requests(env).sinkTo(new DiscardingOtapSink());
    env.execute();
  }

  private static DataStream<OtapBatch> requests(StreamExecutionEnvironment env) throws IOException {
    int count = 0;
    for (Signal signal : Signal.values()) {
      count += OtlpFiles.read(TestData.expected(SET), signal).size();
    }
    return env.fromSequence(0, count - 1)
        .flatMap(new RequestReader(TestData.expected(SET).toString()))
        .returns(OtapBatchTypeInfo.INSTANCE);
  }

  /** Gives the batches of the recorded requests, by number. */
  private static final class RequestReader implements FlatMapFunction<Long, OtapBatch> {

    private static final long serialVersionUID = 1L;

    private final String folder;
    private transient List<List<OtapBatch>> requests;

    RequestReader(String folder) {
      this.folder = folder;
    }

    @Override
    public void flatMap(Long number, Collector<OtapBatch> out) throws IOException {
      if (requests == null) {
        requests = new ArrayList<>();
        for (Signal signal : Signal.values()) {
          for (MessageLite request : OtlpFiles.read(Path.of(folder), signal)) {
            requests.add(decode(request));
          }
        }
      }
      requests.get(number.intValue()).forEach(out::collect);
    }

    private static List<OtapBatch> decode(MessageLite request) throws IOException {
      if (request instanceof ExportLogsServiceRequest logs) {
        return OtlpDecoder.decode(logs);
      } else if (request instanceof ExportTraceServiceRequest traces) {
        return OtlpDecoder.decode(traces);
      }
      return OtlpDecoder.decode((ExportMetricsServiceRequest) request);
    }
  }
}
