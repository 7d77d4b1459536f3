/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.job;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.ParameterTool;
import org.apache.flink.util.TimeUtils;

/**
 * An example: which services log errors, minute by minute, and what they log.
 *
 * <pre>{@code
 * flink run -c io.otap.examples.job.SevereLogs … --from /data/otap --to /data/errors \
 *     --min-severity 17 --window 1m --source.continuous true
 * }</pre>
 *
 * <p>Batches go through whole where that is enough: the filter keeps a part of each, the sink
 * writes it on. Only the windows need records one by one, each with its own event time. The source
 * emits watermarks by the statistics of its files, so that no record is late in a bounded job.
 *
 * @param severe the logs that are severe enough, with all that belongs to them
 * @param counts how many of them each service has in each window
 */
public record SevereLogs(DataStream<OtapBatch> severe, DataStream<ServiceCount> counts) {

  /**
   * Puts the streams together.
   *
   * @param options of the source
   * @param minSeverity the smallest severity number of OpenTelemetry to keep; 17 is ERROR
   * @param window length of the windows
   */
  public static SevereLogs of(
      StreamExecutionEnvironment env,
      Configuration options,
      Path from,
      int minSeverity,
      Duration window)
      throws IOException {
    Configuration logs = new Configuration(options);
    logs.set(OtapSourceOptions.SIGNALS, List.of("logs"));
    DataStream<OtapBatch> severe =
        OtapStreams.batches(env, logs, from)
            .flatMap(new SeverityFilter(minSeverity))
            .returns(OtapBatchTypeInfo.INSTANCE)
            .name("severe")
            .uid("severe");
    DataStream<ServiceCount> counts =
        OtapStreams.records(severe)
            .map(new ServiceName())
            .returns(Types.STRING)
            .name("service")
            .uid("service")
            .keyBy(service -> service, Types.STRING)
            .window(TumblingEventTimeWindows.of(window))
            .aggregate(
                new CountRecords(),
                new CountedWindow(),
                Types.LONG,
                TypeInformation.of(ServiceCount.class))
            .name("count")
            .uid("count");
    return new SevereLogs(severe, counts);
  }

  public static void main(String[] args) throws Exception {
    ParameterTool parameters = ParameterTool.fromArgs(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    SevereLogs logs =
        of(
            env,
            parameters.getConfiguration(),
            new Path(parameters.getRequired("from")),
            parameters.getInt("min-severity", 17),
            TimeUtils.parseDuration(parameters.get("window", "1 min")));
    logs.severe()
        .sinkTo(
            OtlpFileSink.to(new Path(parameters.getRequired("to")))
                .rolling(RollingPolicy.DEFAULT)
                .build())
        .name("write")
        .uid("write");
    logs.counts().print().name("print").uid("print");
    env.execute("severe logs");
  }
}
