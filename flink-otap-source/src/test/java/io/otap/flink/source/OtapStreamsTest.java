/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.error.OtapException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtapStreamsTest {

  private static final Path TREE = new Path(TestData.parquet("logs-small").toUri());

  @ParameterizedTest
  @EnumSource(Assembly.class)
  void unalignedCheckpointsAreRefused(Assembly assembly) {
    StreamExecutionEnvironment env = streaming(true);
    assertThatThrownBy(() -> OtapStreams.batches(env, options(assembly), TREE))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(CheckpointingOptions.ENABLE_UNALIGNED.key());
  }

  @ParameterizedTest
  @EnumSource(Assembly.class)
  void operatorsHaveUids(Assembly assembly) throws OtapException {
    StreamExecutionEnvironment env = streaming(false);
    String uid = OtapStreams.batches(env, options(assembly), TREE).getTransformation().getUid();
    assertThat(uid)
        .isEqualTo(assembly == Assembly.KEYED ? OtapStreams.ASSEMBLER_UID : OtapStreams.SOURCE_UID);
  }

  private static Configuration options(Assembly assembly) {
    return new Configuration().set(OtapSourceOptions.ASSEMBLY, assembly);
  }

  private static StreamExecutionEnvironment streaming(boolean unaligned) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    env.enableCheckpointing(1000);
    env.getCheckpointConfig().enableUnalignedCheckpoints(unaligned);
    return env;
  }
}
