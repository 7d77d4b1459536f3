/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.OtapBatch;
import io.otap.examples.pace.Pace;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import java.io.IOException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What all replays have in common up to their targets: source, pace, statistics. */
final class ReplayBatches {

  private ReplayBatches() {}

  /**
   * @param pace null for as fast as possible
   */
  static DataStream<OtapBatch> of(
      StreamExecutionEnvironment env, Configuration options, String from, Pace pace)
      throws IOException {
    DataStream<OtapBatch> batches = OtapStreams.batches(env, sized(options, pace), new Path(from));
    if (pace != null) {
      batches =
          batches
              .flatMap(pace)
              .returns(OtapBatchTypeInfo.INSTANCE)
              .name("pace")
              .uid("pace")
              .setParallelism(1);
    }
    return batches
        .map(new ReplayStatistics())
        .returns(OtapBatchTypeInfo.INSTANCE)
        .name("statistics")
        .uid("statistics");
  }

  private static Configuration sized(Configuration options, Pace pace) {
    if (pace == null || options.contains(OtapSourceOptions.BATCH_SIZE)) {
      return options;
    }
    Configuration sized = new Configuration(options);
    sized.set(OtapSourceOptions.BATCH_SIZE, pace.batchSize());
    return sized;
  }
}
