/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.error.OtapException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtapStreamsTest {

  private static final Path TREE = new Path(TestData.parquet("logs-small").toUri());

  @ParameterizedTest
  @EnumSource(Assembly.class)
  void operatorsHaveUids(Assembly assembly) throws OtapException {
    StreamExecutionEnvironment env = streaming();
    String uid = OtapStreams.batches(env, options(assembly), TREE).getTransformation().getUid();
    assertThat(uid)
        .isEqualTo(assembly == Assembly.KEYED ? OtapStreams.ASSEMBLER_UID : OtapStreams.SOURCE_UID);
  }

  private static Configuration options(Assembly assembly) {
    return new Configuration().set(OtapSourceOptions.ASSEMBLY, assembly);
  }

  private static StreamExecutionEnvironment streaming() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    env.enableCheckpointing(1000);
    return env;
  }
}
